package import HTTPTypes

/// Who signed a request, and for which service and region, as its signature says.
///
/// Berth accepts every signature: it is reached over loopback, and what matters is which service is meant.
package struct CredentialScope: Hashable, Sendable {
    package let accessKeyID: String
    package let region: String
    /// The service's signing name.
    package let service: String

    /// From `Authorization: AWS4-HMAC-SHA256 Credential=ID/DATE/REGION/SERVICE/aws4_request, …`, or from
    /// `X-Amz-Credential` in the query of a presigned URL.
    package init?(of head: HTTPRequest) {
        if let header = head.headerFields[.authorization], let start = header.utf8.end(of: "Credential=") {
            let end = header.utf8[start...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") }
            self.init(header[start..<(end ?? header.endIndex)])
        } else if let path = head.path, let start = path.utf8.end(of: "X-Amz-Credential=") {
            self.init(Substring(FormParser.decoded(path.utf8[start...].prefix { $0 != UInt8(ascii: "&") }) ?? ""))
        } else {
            return nil
        }
    }

    /// From `ID/DATE/REGION/SERVICE/aws4_request`, whose id may contain slashes: the parts count from the end.
    init?(_ credential: Substring) {
        let bytes = credential.utf8
        var ends: [Substring.Index] = []
        ends.reserveCapacity(4)
        var end = bytes.endIndex
        while ends.count < 4 {
            guard let slash = bytes[..<end].lastIndex(of: UInt8(ascii: "/")) else { return nil }
            ends.append(slash)
            end = slash
        }
        accessKeyID = String(credential[..<ends[3]])
        region = String(credential[bytes.index(after: ends[2])..<ends[1]])
        service = String(credential[bytes.index(after: ends[1])..<ends[0]])
    }
}

extension String.UTF8View {
    /// Where the first occurrence of `text` ends.
    ///
    /// Every request is searched: by bytes, since a search for characters takes longer than reading the JSON.
    fileprivate func end(of text: StaticString) -> Index? {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        var rest = self[...]
        while rest.count >= wanted.count {
            if rest.starts(with: wanted) { return rest.index(rest.startIndex, offsetBy: wanted.count) }
            rest = rest.dropFirst()
        }
        return nil
    }
}
