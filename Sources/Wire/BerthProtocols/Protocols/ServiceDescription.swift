/// What the wire must know about an AWS service: how it is addressed and what its answers are wrapped in.
package struct ServiceDescription: Hashable, Sendable {
    /// The name in a signature's credential scope: `sqs`, `monitoring`, `ecs`.
    package let signingName: String
    /// What stands before the dot in `X-Amz-Target` and in an RPC path; `nil` if the service speaks no JSON.
    package let targetPrefix: String?
    package let jsonVersion: AWSJSON.Version
    /// Stands before the shape in `__type`, if the service writes one there.
    package let errorNamespace: String?
    /// The query protocol's `Version`, also the end of its XML namespace; `nil` if it never spoke query.
    package let queryVersion: String?
    /// `xmlns` of XML answers.
    package let xmlNamespace: String?
    /// Whether the service spoke query once and repeats its legacy codes in `x-amzn-query-error`.
    package let isQueryCompatible: Bool
    /// Whether errors in XML hold an empty `<Detail/>`: SQS's do.
    package let hasErrorDetail: Bool
    /// What the path of a query request means; `nil` if it means nothing, as for most services.
    package let resourcePath: ResourcePath?

    package init(
        signingName: String, targetPrefix: String? = nil, jsonVersion: AWSJSON.Version = .v1_1,
        errorNamespace: String? = nil, queryVersion: String? = nil, xmlNamespace: String? = nil,
        isQueryCompatible: Bool = false, hasErrorDetail: Bool = false, resourcePath: ResourcePath? = nil
    ) {
        self.signingName = signingName
        self.targetPrefix = targetPrefix
        self.jsonVersion = jsonVersion
        self.errorNamespace = errorNamespace
        self.queryVersion = queryVersion
        self.xmlNamespace = xmlNamespace
        self.isQueryCompatible = isQueryCompatible
        self.hasErrorDetail = hasErrorDetail
        self.resourcePath = resourcePath
    }
}

/// How query requests address a resource by its URL: SQS's clients send them to the queue's own.
package struct ResourcePath: Hashable, Sendable {
    /// The input member that the path stands for; one that is sent as well overrides it.
    package let member: String
    /// Operations that are not for one resource, and not valid where one is addressed.
    package let excluded: Set<String>

    package init(member: String, excluded: Set<String>) {
        self.member = member
        self.excluded = excluded
    }
}

extension ServiceDescription {
    package static let sqs = ServiceDescription(
        signingName: "sqs", targetPrefix: "AmazonSQS", jsonVersion: .v1_0, errorNamespace: "com.amazonaws.sqs",
        queryVersion: "2012-11-05", xmlNamespace: "http://queue.amazonaws.com/doc/2012-11-05/",
        isQueryCompatible: true, hasErrorDetail: true,
        resourcePath: ResourcePath(member: "QueueUrl", excluded: ["CreateQueue", "ListQueues"]))

    package static let cloudWatch = ServiceDescription(
        signingName: "monitoring", targetPrefix: "GraniteServiceVersion20100801", jsonVersion: .v1_0,
        errorNamespace: "com.amazonaws.cloudwatch.v2010_08_01", queryVersion: "2010-08-01",
        xmlNamespace: "http://monitoring.amazonaws.com/doc/2010-08-01/", isQueryCompatible: true)

    package static let ecs = ServiceDescription(
        signingName: "ecs", targetPrefix: "AmazonEC2ContainerServiceV20141113")

    package static let applicationAutoScaling = ServiceDescription(
        signingName: "application-autoscaling", targetPrefix: "AnyScaleFrontendService")

    package static let logs = ServiceDescription(signingName: "logs", targetPrefix: "Logs_20140328")

    package static let autoScaling = ServiceDescription(
        signingName: "autoscaling", queryVersion: "2011-01-01",
        xmlNamespace: "http://autoscaling.amazonaws.com/doc/2011-01-01/")

    package static let cloudFormation = ServiceDescription(
        signingName: "cloudformation", queryVersion: "2010-05-15",
        xmlNamespace: "http://cloudformation.amazonaws.com/doc/2010-05-15/")

    package static let sts = ServiceDescription(
        signingName: "sts", queryVersion: "2011-06-15", xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/")

    package static let iam = ServiceDescription(
        signingName: "iam", queryVersion: "2010-05-08", xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/")

    /// Speaks ec2Query, a dialect of its own.
    package static let ec2 = ServiceDescription(
        signingName: "ec2", queryVersion: "2016-11-15", xmlNamespace: "http://ec2.amazonaws.com/doc/2016-11-15/")

    /// Every service the wire can address.
    package static let all: [ServiceDescription] = [
        .sqs, .cloudWatch, .ecs, .applicationAutoScaling, .logs, .autoScaling, .cloudFormation, .sts, .iam, .ec2,
    ]
}
