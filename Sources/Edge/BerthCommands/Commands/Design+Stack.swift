import BerthWorld
import Foundation

extension Design {
    /// Creates the stack, or finds it as this template made it before, and waits until it is complete.
    func createStack(with client: ControlClient) async throws {
        if let stack = try await client.stack(stackName) {
            // After a rollback nothing is left but a name, which AWS wants deleted before it is used again.
            if stack.status != "ROLLBACK_COMPLETE" {
                if try await isUnchanged(with: client) { return try await waitUntilComplete(with: client) }
                guard replacesStack else {
                    throw ControlClient.Failure(
                        description: "The stack \(stackName) is there already, from another text of the template or "
                            + "other parameters. Delete it first with --replace, or choose another --stack-name.")
                }
            }
            try await client.deleteStack(stackName)
            // SQS keeps a deleted queue's name to itself for a minute.
            try await Task.sleep(for: .seconds(60) / (try await client.status().pace) + .milliseconds(100))
        }
        var form = [("StackName", stackName), ("TemplateBody", text), ("Version", "2010-05-15")]
        for (index, parameter) in parameters.enumerated() {
            form.append(("Parameters.member.\(index + 1).ParameterKey", parameter.name))
            form.append(("Parameters.member.\(index + 1).ParameterValue", parameter.value))
        }
        for (index, capability) in ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"].enumerated() {
            form.append(("Capabilities.member.\(index + 1)", capability))
        }
        try await client.query("cloudformation", "CreateStack", form)
        try await waitUntilComplete(with: client)
    }

    /// Whether the stack came from this text, with every parameter that is given now.
    private func isUnchanged(with client: ControlClient) async throws -> Bool {
        let template = try await client.query("cloudformation", "GetTemplate", stackForm)
        guard template.xmlText(of: "TemplateBody") == text else { return false }
        let members = try await client.query("cloudformation", "DescribeStacks", stackForm)
            .components(separatedBy: "<member>")
        return parameters.allSatisfy { parameter in
            let value = members.first { $0.xmlText(of: "ParameterKey") == parameter.name }?
                .xmlText(of: "ParameterValue")
            return value == parameter.value || value == "****"
        }
    }

    private func waitUntilComplete(with client: ControlClient) async throws {
        while true {
            let status = try await client.stack(stackName)?.status
            switch status {
            case "CREATE_COMPLETE", "UPDATE_COMPLETE": return
            case "CREATE_IN_PROGRESS", "ROLLBACK_IN_PROGRESS": try await Task.sleep(for: .milliseconds(100))
            default:
                let reason = try await firstFailure(with: client).map { ": \($0)" } ?? "."
                throw ControlClient.Failure(
                    description: "The stack \(stackName) ended in \(status ?? "nothing")\(reason)")
            }
        }
    }

    /// The resource that failed before any other, and why: what followed is only its consequence.
    private func firstFailure(with client: ControlClient) async throws -> String? {
        let newestFirst = try await client.query("cloudformation", "DescribeStackEvents", stackForm)
            .components(separatedBy: "<member>")
        guard let event = newestFirst.last(where: { $0.xmlText(of: "ResourceStatus") == "CREATE_FAILED" }) else {
            return nil
        }
        return [event.xmlText(of: "LogicalResourceId"), event.xmlText(of: "ResourceStatusReason")]
            .compactMap { $0 }.joined(separator: ": ")
    }

    private var stackForm: [(String, String)] {
        [("StackName", stackName), ("Version", "2010-05-15")]
    }
}

extension ControlClient {
    /// The stack of this name that is not deleted: deleted ones are still listed for a while.
    func stack(_ name: String) async throws -> WorldStatus.StackView? {
        try await status().stacks.first { $0.name == name && $0.status != "DELETE_COMPLETE" }
    }

    /// Deletes a stack and waits until nothing is left of it.
    func deleteStack(_ name: String) async throws {
        try await query("cloudformation", "DeleteStack", [("StackName", name), ("Version", "2010-05-15")])
        while let stack = try await stack(name) {
            if stack.status == "DELETE_FAILED" {
                throw Failure(description: "\(name) was not deleted: \(stack.reason ?? "no reason given")")
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}

extension String {
    /// What the first element of this name holds, in an answer of a query protocol.
    fileprivate func xmlText(of element: String) -> String? {
        guard let start = range(of: "<\(element)>"), let end = range(of: "</\(element)>") else { return nil }
        return XMLText.unescaped(String(self[start.upperBound..<end.lowerBound]))
    }
}
