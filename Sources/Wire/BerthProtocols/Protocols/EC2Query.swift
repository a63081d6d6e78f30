package import HTTPTypes

/// ec2Query: EC2's own dialect of the query protocol.
///
/// Lists in requests are always flat (`InstanceId.1`); answers have no result element, element names begin with
/// a lower-case letter, and list elements are called `item`.
package struct EC2Query: WireProtocol {
    package init() {}

    package var form: WireForm { .query }

    package func parse(
        _ head: HTTPRequest, body: [UInt8], service: ServiceDescription
    ) throws(APIError) -> (operation: String, input: WireValue) {
        try AWSQuery().parse(head, body: body, service: service)
    }

    package func success(
        _ output: WireValue?, operation: String, service: ServiceDescription, requestID: String
    ) -> WireResponse {
        var answer: WireMap = ["requestId": .string(requestID)]
        if case .map(let members) = output {
            for member in members.entries { answer.append(member.name, member.value) }
        }
        let body = XMLRenderer.document(
            "\(operation)Response", namespace: service.xmlNamespace, .map(answer),
            renderer: XMLRenderer(element: "item") { $0.prefix(1).lowercased() + $0.dropFirst() })
        return .xml(status: 200, body, requestID: requestID)
    }

    package func failure(_ error: APIError, service: ServiceDescription, requestID: String) -> WireResponse {
        let details: WireValue = ["Code": .string(error.queryCode), "Message": .string(error.message)]
        let body = XMLRenderer.document(
            "Response", namespace: nil, ["Errors": ["Error": details], "RequestID": .string(requestID)])
        return .xml(status: error.status, body, requestID: requestID)
    }

    package func unknownOperation(_ operation: String, service: ServiceDescription) -> APIError {
        APIError(shape: "InvalidAction", message: "The action \(operation) is not valid for this web service.")
    }
}
