import HTTPTypes
import Testing

@testable import BerthProtocols

/// A request as a client of `service` would send it; the signature is not a real one.
private func request(
    signedFor service: String? = nil, method: HTTPRequest.Method = .post, path: String = "/",
    headers: HTTPFields = [:]
) -> HTTPRequest {
    var request = HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1:4566", path: path)
    request.headerFields = headers
    if let service {
        request.headerFields[.authorization] =
            "AWS4-HMAC-SHA256 Credential=test/20260105/us-east-1/\(service)/aws4_request, Signature=0"
    }
    return request
}

private func route(_ request: HTTPRequest, _ body: String = "") throws -> WireCall {
    try WireRouter().route(request, body: Array(body.utf8))
}

struct WireRouterTests {
    @Test func `a target is JSON`() throws {
        let call = try route(
            request(signedFor: "sqs", headers: [.amzTarget: "AmazonSQS.SendMessage"]), #"{"MessageBody":"hi"}"#)

        #expect(call.service == .sqs)
        #expect(call.operation == "SendMessage")
        #expect(call.input == ["MessageBody": "hi"])
        #expect(call.wireProtocol is AWSJSON)
        #expect(call.accessKeyID == "test")
    }

    @Test func `a target is enough without a signature`() throws {
        let call = try route(request(headers: [.amzTarget: "AmazonEC2ContainerServiceV20141113.ListClusters"]))

        #expect(call.service == .ecs)
        #expect(call.input == .empty)
    }

    @Test func `a smithy path is CBOR`() throws {
        let head = request(
            path: "/service/GraniteServiceVersion20100801/operation/ListMetrics",
            headers: [.smithyProtocol: "rpc-v2-cbor"])
        let call = try WireRouter().route(head, body: [0xA0])

        #expect(call.service == .cloudWatch)
        #expect(call.operation == "ListMetrics")
        #expect(call.wireProtocol is RPCv2CBOR)
    }

    @Test func `a form is for the service it was signed for`() throws {
        let call = try route(request(signedFor: "cloudformation"), "Action=DescribeStacks&Version=2010-05-15")

        #expect(call.service == .cloudFormation)
        #expect(call.operation == "DescribeStacks")
        #expect(call.wireProtocol is AWSQuery)
    }

    @Test func `an unsigned form is told by its version`() throws {
        #expect(try route(request(), "Action=GetCallerIdentity&Version=2011-06-15").service == .sts)
    }

    @Test func `parameters may stand in the URL`() throws {
        let call = try route(
            request(signedFor: "sqs", method: .get, path: "/1/q?Action=SendMessage&MessageBody=hi%20there"))

        #expect(call.operation == "SendMessage")
        #expect(call.input["MessageBody"] == "hi there")
    }

    @Test func `EC2 has a protocol of its own`() throws {
        let call = try route(request(signedFor: "ec2"), "Action=DescribeInstances&Version=2016-11-15")

        #expect(call.wireProtocol is EC2Query)
    }

    @Test(arguments: [
        (request(headers: [.amzTarget: "Nobody.Op"]), "", 404, "UnknownOperationException"),
        (request(headers: [.amzTarget: "AmazonSQS.SendMessage"]), "{", 400, "SerializationException"),
        (request(headers: [.amzTarget: "AmazonSQS.SendMessage"]), "[]", 400, "SerializationException"),
        (request(), "", 400, "MissingAction"),
        (request(signedFor: "sts"), "Version=2011-06-15", 400, "MissingAction"),
        (request(signedFor: "sts"), "Action=%", 400, "MalformedQueryString"),
        (
            request(path: "/service/X/operation/Y", headers: [.smithyProtocol: "rpc-v2-cbor"]), "", 404,
            "UnknownOperationException"
        ),
    ])
    func `a request for nobody is answered with an error`(
        request: HTTPRequest, body: String, status: Int, code: String
    ) {
        let error = #expect(throws: UnroutableRequest.self) { try route(request, body) }
        let response = error?.response(requestID: "id")

        #expect(response?.status == status)
        #expect(response.map { String(decoding: $0.body, as: UTF8.self).contains(code) } == true)
    }
}
