import BerthKernel
import HTTPTypes
import Testing

@testable import BerthProtocols

struct SignatureV4Tests {
    private let credentials = SigningCredentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")

    /// 2015-08-30T12:36:00Z, the moment of AWS's published test suite.
    private let moment = Instant.seconds(1_440_938_160)

    @Test(arguments: [
        ("GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        ("GET", "/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
    ])
    func `AWS's published examples have the published signatures`(method: String, path: String, signature: String) {
        var request = HTTPRequest(
            method: .init(method)!, scheme: "https", authority: "example.amazonaws.com", path: path)

        SignatureV4(credentials: credentials, region: "us-east-1", service: "service")
            .sign(&request, body: [], at: moment)

        #expect(
            request.headerFields[.authorization]
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + "SignedHeaders=host;x-amz-date, Signature=\(signature)")
    }

    @Test func `a session token is sent and signed`() {
        let credentials = SigningCredentials(accessKeyID: "A", secretAccessKey: "B", sessionToken: "C")
        var request = HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/")

        SignatureV4(credentials: credentials, region: "us-east-1", service: "sqs").sign(&request, body: [], at: moment)

        #expect(request.headerFields[.amzSecurityToken] == "C")
        #expect(
            request.headerFields[.authorization]?.contains("SignedHeaders=host;x-amz-date;x-amz-security-token") == true
        )
    }

    @Test func `the scope of a signature names the caller and the service`() {
        var request = HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/")
        SignatureV4(credentials: credentials, region: "eu-west-1", service: "ecs").sign(&request, body: [], at: moment)
        let scope = CredentialScope(of: request)

        #expect(scope?.accessKeyID == "AKIDEXAMPLE")
        #expect(scope?.region == "eu-west-1")
        #expect(scope?.service == "ecs")
    }

    @Test func `a presigned URL names them too`() {
        let request = HTTPRequest(
            method: .get, scheme: "http", authority: "localhost",
            path: "/?X-Amz-Credential=AKID%2F20260105%2Fus-east-1%2Fsqs%2Faws4_request&X-Amz-Signature=0")

        #expect(CredentialScope(of: request)?.service == "sqs")
    }

    @Test(arguments: ["", "Bearer x", "AWS4-HMAC-SHA256 Credential=AKID/us-east-1/aws4_request, Signature=0"])
    func `another authorization has no scope`(header: String) {
        var request = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/")
        request.headerFields[.authorization] = header

        #expect(CredentialScope(of: request) == nil)
    }
}
