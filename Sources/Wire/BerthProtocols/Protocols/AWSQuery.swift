package import HTTPTypes

/// awsQuery: parameters as a form in the body or the URL, answers in XML.
package struct AWSQuery: WireProtocol {
    package init() {}

    package var form: WireForm { .query }

    /// The parameters of a request, from its body or, without one, from its URL; `nil` if they cannot be read.
    static func parameters(_ head: HTTPRequest, body: [UInt8]) -> WireValue? {
        try? read(head, body: body)
    }

    static func read(_ head: HTTPRequest, body: [UInt8]) throws(FormatError) -> WireValue {
        if !body.isEmpty { return try FormParser.parse(body) }
        let path = head.path ?? ""
        return try FormParser.parse(path.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst())
    }

    package func parse(
        _ head: HTTPRequest, body: [UInt8], service: ServiceDescription
    ) throws(APIError) -> (operation: String, input: WireValue) {
        let parameters: WireValue
        do throws(FormatError) {
            parameters = try Self.read(head, body: body)
        } catch {
            throw APIError(shape: "MalformedQueryString", message: error.description)
        }
        guard let action = parameters["Action"]?.text, !action.isEmpty else {
            throw service.resourcePath != nil && head.method == .get ? .notAnAction : .missingAction
        }
        guard let resource = service.resourcePath, let path = resourcePath(of: head) else {
            return (action, parameters)
        }
        guard !resource.excluded.contains(action) else { throw unknownOperation(action, service: service) }
        return (action, parameters.adding(resource.member, .string(path)))
    }

    private func resourcePath(of head: HTTPRequest) -> String? {
        let path = (head.path ?? "/").prefix { $0 != "?" }
        return path.contains { $0 != "/" } ? String(path) : nil
    }

    package func success(
        _ output: WireValue?, operation: String, service: ServiceDescription, requestID: String
    ) -> WireResponse {
        var answer = WireMap()
        if let output { answer.append("\(operation)Result", output) }
        answer.append("ResponseMetadata", ["RequestId": .string(requestID)])
        let body = XMLRenderer.document("\(operation)Response", namespace: service.xmlNamespace, .map(answer))
        return .xml(status: 200, body, requestID: requestID)
    }

    package func failure(_ error: APIError, service: ServiceDescription, requestID: String) -> WireResponse {
        guard error != .notAnAction else {
            return .xml(status: error.status, Array("<\(error.shape)/>".utf8), requestID: requestID)
        }
        var details: WireMap = [
            "Type": .string(error.fault.rawValue), "Code": .string(error.queryCode),
            "Message": .string(error.queryMessage),
        ]
        if service.hasErrorDetail { details.append("Detail", .string("")) }
        let body = XMLRenderer.document(
            "ErrorResponse", namespace: service.xmlNamespace,
            ["Error": .map(details), "RequestId": .string(requestID)])
        return .xml(status: error.status, body, requestID: requestID)
    }

    package func unknownOperation(_ operation: String, service: ServiceDescription) -> APIError {
        APIError(shape: "InvalidAction", message: "The action \(operation) is not valid for this endpoint.")
    }
}

extension APIError {
    static let missingAction = APIError(
        shape: "MissingAction", message: "The request must contain the parameter Action.")

    /// A resource's URL was opened without saying what for; AWS answers with this name and nothing else.
    static let notAnAction = APIError(shape: "UnknownOperationException", message: "", status: 404)
}

extension WireValue {
    /// The structure with a member of this name, if it has none yet.
    fileprivate func adding(_ name: String, _ value: WireValue) -> WireValue {
        guard case .map(var map) = self, map[name] == nil else { return self }
        map.append(name, value)
        return .map(map)
    }
}

extension WireResponse {
    static func xml(status: Int, _ body: [UInt8], requestID: String) -> WireResponse {
        WireResponse(status: status, headers: [.contentType: "text/xml", .amzRequestID: requestID], body: body)
    }
}
