import BerthAPI
import BerthProtocols
import Testing

struct OperationTableTests {
    @Test func `no operation is registered twice`() {
        let names = Operations.all.map { "\($0.service.signingName).\($0.name)" }

        #expect(Set(names).count == names.count)
    }
}
