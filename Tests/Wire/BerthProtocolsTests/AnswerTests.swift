import BerthKernel
import HTTPTypes
import Testing

@testable import BerthProtocols

private struct Output: Codable {
    var name = "a<b"
    var items: [String] = ["x", "y"]
    var none: [String] = []
    var at = Instant.seconds(1_767_571_200)
}

private func call(
    _ service: ServiceDescription, _ wireProtocol: any WireProtocol, _ input: WireValue = .empty
) -> WireCall {
    WireCall(service: service, operation: "Do", input: input, wireProtocol: wireProtocol)
}

private let noQueue = APIError(
    shape: "QueueDoesNotExist", message: "The specified queue does not exist.",
    queryCode: "AWS.SimpleQueueService.NonExistentQueue")

extension WireResponse {
    fileprivate var text: String { String(decoding: body, as: UTF8.self) }
}

struct SuccessTests {
    @Test func `JSON`() throws {
        let response = try call(.sqs, AWSJSON(version: .v1_0)).success(Output(), requestID: "id")

        #expect(response.status == 200)
        #expect(response.headers == [.contentType: "application/x-amz-json-1.0", .amzRequestID: "id"])
        #expect(response.text == #"{"name":"a<b","items":["x","y"],"none":[],"at":1767571200}"#)
    }

    @Test func `query`() throws {
        let response = try call(.cloudFormation, AWSQuery()).success(Output(), requestID: "id")

        #expect(response.headers[.contentType] == "text/xml")
        #expect(
            response.text == """
                <?xml version="1.0"?>
                <DoResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DoResult><name>a&lt;b</name>\
                <items><member>x</member><member>y</member></items><none/><at>2026-01-05T00:00:00.000Z</at></DoResult>\
                <ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DoResponse>
                """)
    }

    @Test func `EC2 query`() throws {
        let response = try call(.ec2, EC2Query()).success(["Items": [["Id": 1]]] as WireValue, requestID: "id")

        #expect(
            response.text == """
                <?xml version="1.0"?>
                <DoResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>id</requestId>\
                <items><item><id>1</id></item></items></DoResponse>
                """)
    }

    @Test func `CBOR`() throws {
        let response = try call(.cloudWatch, RPCv2CBOR()).success([:] as WireValue, requestID: "id")

        #expect(response.headers[.smithyProtocol] == "rpc-v2-cbor")
        #expect(response.body == [0xA0])
    }

    @Test func `an operation without output has no result`() {
        #expect(call(.sqs, AWSJSON(version: .v1_0)).success(value: nil, requestID: "id").body.isEmpty)
        #expect(!call(.sqs, AWSQuery()).success(value: nil, requestID: "id").text.contains("DoResult"))
    }
}

struct FailureTests {
    @Test func `JSON repeats the legacy code in a header where the service once spoke query`() {
        let response = call(.sqs, AWSJSON(version: .v1_0)).failure(noQueue, requestID: "id")

        #expect(response.status == 400)
        #expect(response.headers[.amzQueryError] == "AWS.SimpleQueueService.NonExistentQueue;Sender")
        #expect(
            response.text
                == #"{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}"#)
    }

    @Test func `JSON of other services has neither header nor namespace`() {
        let error = APIError(Refusal(code: "ClusterNotFoundException", message: "Cluster not found."))
        let response = call(.ecs, AWSJSON(version: .v1_1)).failure(error, requestID: "id")

        #expect(response.headers[.amzQueryError] == nil)
        #expect(response.text == #"{"__type":"ClusterNotFoundException","message":"Cluster not found."}"#)
    }

    @Test func `an error without message has only its type`() {
        let response = call(.cloudWatch, AWSJSON(version: .v1_0))
            .failure(APIError(shape: "ResourceNotFound", message: "", status: 404), requestID: "id")

        #expect(response.text == ##"{"__type":"com.amazonaws.cloudwatch.v2010_08_01#ResourceNotFound"}"##)
    }

    @Test func `query has the legacy code in its body`() {
        #expect(
            call(.sqs, AWSQuery()).failure(noQueue, requestID: "id").text == """
                <?xml version="1.0"?>
                <ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><Error><Type>Sender</Type>\
                <Code>AWS.SimpleQueueService.NonExistentQueue</Code>\
                <Message>The specified queue does not exist.</Message>\
                <Detail/></Error><RequestId>id</RequestId></ErrorResponse>
                """)
    }

    @Test func `EC2 has an envelope of its own`() {
        let error = APIError(shape: "InvalidInstanceID.NotFound", message: "No.")

        #expect(
            call(.ec2, EC2Query()).failure(error, requestID: "id").text == """
                <?xml version="1.0"?>
                <Response><Errors><Error><Code>InvalidInstanceID.NotFound</Code><Message>No.</Message></Error></Errors>\
                <RequestID>id</RequestID></Response>
                """)
    }

    @Test func `CBOR has the same type and header as JSON`() throws {
        let error = APIError.validation("1 validation error detected.")
        let response = call(.cloudWatch, RPCv2CBOR()).failure(error, requestID: "id")

        #expect(response.headers[.amzQueryError] == "ValidationError;Sender")
        #expect(
            try CBORParser.parse(response.body) == [
                "__type": "com.amazon.coral.validate#ValidationException", "message": "1 validation error detected.",
            ])
    }

    @Test func `a fault of ours is the receiver's`() {
        let response = call(.sqs, AWSJSON(version: .v1_0)).failure(.internalFailure("Try again."), requestID: "id")

        #expect(response.status == 500)
        #expect(response.headers[.amzQueryError] == "InternalFailure;Receiver")
    }
}

struct InputErrorTests {
    private struct Input: Decodable {
        var QueueUrl: String
    }

    @Test func `SQS has an error of its own for a missing parameter`() {
        let error = #expect(throws: APIError.self) { try call(.sqs, AWSJSON(version: .v1_0)).decode(Input.self) }

        #expect(error?.shape == "MissingRequiredParameterException")
        #expect(error?.queryCode == "MissingParameter")
        #expect(error?.message == "The request must contain the parameter QueueUrl.")
    }

    @Test func `elsewhere a missing member fails a constraint`() {
        let error = #expect(throws: APIError.self) { try call(.cloudFormation, AWSQuery()).decode(Input.self) }

        #expect(error?.queryCode == "ValidationError")
        #expect(
            error?.message
                == "1 validation error detected: Value null at 'QueueUrl' "
                + "failed to satisfy constraint: Member must not be null")
    }

    @Test func `an unknown name of an enumeration fails a constraint`() {
        enum Kind: String, Decodable { case fast = "FAST" }
        struct Input: Decodable { var kind: Kind }
        let error = #expect(throws: APIError.self) {
            try call(.ecs, AWSJSON(version: .v1_1), ["kind": "SLOW"]).decode(Input.self)
        }

        #expect(error?.message.contains("Value 'SLOW' at 'kind' failed to satisfy constraint") == true)
    }

    @Test func `a value of another kind never reaches the service`() {
        let error = #expect(throws: APIError.self) {
            try call(.sqs, AWSJSON(version: .v1_0), ["QueueUrl": 1]).decode(Input.self)
        }

        #expect(error?.shape == "SerializationException")
    }

    @Test(
        arguments: [
            (AWSJSON(version: .v1_1), "UnknownOperationException", 400),
            (RPCv2CBOR(), "UnknownOperationException", 404),
            (AWSQuery(), "InvalidAction", 400), (EC2Query(), "InvalidAction", 400),
        ] as [(any WireProtocol, String, Int)])
    func `each protocol says in its own way that there is no such operation`(
        wireProtocol: any WireProtocol, shape: String, status: Int
    ) {
        let error = call(.cloudWatch, wireProtocol).unknownOperation

        #expect(error.shape == shape)
        #expect(error.status == status)
    }
}
