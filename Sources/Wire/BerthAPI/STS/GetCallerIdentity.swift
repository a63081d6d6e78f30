import BerthKernel
import BerthProtocols
import BerthWorld

enum GetCallerIdentity: APIOperation {
    static let service = ServiceDescription.sts
    static let name = "GetCallerIdentity"

    struct Output: Encodable, Sendable {
        let UserId: String
        let Account: String
        let Arn: String
    }

    static func call(_ input: EmptyShape, _ context: RequestContext) async throws -> Output {
        let account = context.tenancy.account
        return Output(UserId: account, Account: account, Arn: "arn:aws:iam::\(account):root")
    }
}
