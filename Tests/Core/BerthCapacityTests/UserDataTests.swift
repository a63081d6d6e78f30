import BerthCapacity
import BerthKernel
import Testing

@Suite struct UserDataTests {
    @Test(arguments: [
        ("#!/bin/bash\necho ECS_CLUSTER=jobs >> /etc/ecs/ecs.config", "jobs"),
        ("#!/bin/bash\necho \"ECS_CLUSTER=jobs\" >> /etc/ecs/ecs.config", "jobs"),
        ("cat <<'EOF' >> /etc/ecs/ecs.config\nECS_CLUSTER=jobs\nECS_LOGLEVEL=debug\nEOF", "jobs"),
        ("echo ECS_CLUSTER='jobs'>>/etc/ecs/ecs.config", "jobs"),
        ("ECS_CLUSTER=one\nECS_CLUSTER=two", "two"),
        ("[settings.ecs]\ncluster = \"jobs\"\n", "jobs"),
        ("[settings.host]\ncluster = \"no\"\n[settings.ecs]\n\"cluster\" = 1\ncluster=\"jobs\"", "jobs"),
        ("", "default"), ("echo ECS_CLUSTER= >> file", "default"),
    ])
    func `user data names the cluster`(text: String, cluster: String) {
        #expect(UserData(text).cluster == cluster)
    }

    @Test(arguments: [
        "ECS_INSTANCE_ATTRIBUTES={\"stack\": \"prod\",\"rack\":\"7\"}",
        "echo \"ECS_INSTANCE_ATTRIBUTES={\\\"stack\\\":\\\"prod\\\", \\\"rack\\\":\\\"7\\\"}\" >> file",
    ])
    func `user data adds attributes`(text: String) {
        #expect(
            UserData(text).attributes == [.init(name: "stack", value: "prod"), .init(name: "rack", value: "7")])
    }
}
