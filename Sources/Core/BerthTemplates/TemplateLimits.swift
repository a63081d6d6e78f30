/// CloudFormation's numbers for templates.
///
/// - AWS: CloudFormation User Guide, *Understand CloudFormation quotas* (reference, cloudformation.md 8).
package enum TemplateLimits {
    /// Bytes of a template that comes in the request itself.
    package static let bodyBytes = 51_200
    /// Bytes of a template that comes by URL or, with `berth up`, from a file.
    package static let fileBytes = 1_048_576
    package static let resources = 500
    /// Parameters, and likewise outputs and mappings.
    package static let sectionMembers = 200
    package static let descriptionBytes = 1_024
}
