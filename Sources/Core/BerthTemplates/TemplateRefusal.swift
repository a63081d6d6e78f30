package import BerthKernel

// What is wrong with a template, in CloudFormation's words where reference/cloudformation.md 9 has them. Each is a
// ValidationError of the API.

extension Refusal {
    /// A refusal with the code that CloudFormation gives to everything that is wrong with a request.
    package static func validation(_ message: String) -> Refusal {
        Refusal(code: "ValidationError", message: message)
    }

    /// The template as a whole is not built as one.
    package static func templateFormat(_ message: String) -> Refusal {
        .validation("Template format error: \(message)")
    }

    /// A function is not called as it must be.
    package static func templateFunction(_ message: String) -> Refusal {
        .validation("Template error: \(message)")
    }

    static func unsupportedStructure() -> Refusal {
        .templateFormat("unsupported structure.")
    }

    static func unknownSection(_ name: String) -> Refusal {
        .validation("Invalid template property or properties [\(name)]")
    }

    static func unsupportedFormatVersion() -> Refusal {
        .templateFormat("unsupported value for AWSTemplateFormatVersion.")
    }

    static func noResources() -> Refusal {
        .templateFormat("At least one Resources member must be defined.")
    }

    static func sectionMemberIsNoObject(_ section: String) -> Refusal {
        .templateFormat("Any \(section) member must be an object.")
    }

    static func resourceWithoutType(_ logicalID: String) -> Refusal {
        .templateFormat("[/Resources/\(logicalID)] Every Resources object must contain a Type member.")
    }

    static func resourceNameNotAlphanumeric(_ logicalID: String) -> Refusal {
        .templateFormat("Resource name \(logicalID) is non alphanumeric.")
    }

    static func unknownResourceAttribute(_ name: String) -> Refusal {
        .validation("Invalid template resource property '\(name)'")
    }

    static func outputWithoutValue() -> Refusal {
        .templateFormat("Every Outputs member must contain a Value object")
    }

    static func nullValue(at path: String) -> Refusal {
        .validation("[\(path)] 'null' values are not allowed in templates")
    }

    static func mappingNotRegular(_ path: String) -> Refusal {
        .templateFormat("Every Mappings attribute must be a String or a List. [\(path)]")
    }

    static func tooMany(_ section: String, limit: Int) -> Refusal {
        .templateFormat("Number of \(section.lowercased()), limit \(limit), is exceeded")
    }

    static func descriptionTooLong() -> Refusal {
        .templateFormat("Template description is longer than \(TemplateLimits.descriptionBytes) bytes.")
    }

    static func transformNotSupported(_ name: String) -> Refusal {
        .validation("Transform \(name) is not supported by this version of Berth.")
    }

    static func rulesNotSupported(_ name: String) -> Refusal {
        .validation("Rule \(name): the Rules section is not supported by this version of Berth.")
    }

    static func unresolvedResources(_ names: [String]) -> Refusal {
        .templateFormat(
            "Unresolved resource dependencies [\(names.joined(separator: ", "))] in the Resources block of the "
                + "template")
    }

    static func unresolvedInOutputs(_ names: [String]) -> Refusal {
        .validation(
            "Unresolved resource dependencies [\(names.joined(separator: ", "))] in the Outputs block of the template")
    }

    static func unresolvedInConditions(_ names: [String]) -> Refusal {
        .templateFormat(
            "Unresolved dependencies [\(names.joined(separator: ", "))]. Cannot reference resources in the "
                + "Conditions block of the template")
    }

    static func unresolvedConditionInIf(_ name: String) -> Refusal {
        .templateFunction("unresolved condition dependency \(name) in Fn::If")
    }

    static func unresolvedConditionOfResource(_ name: String) -> Refusal {
        .templateFormat("Unresolved condition dependency \(name) in the Resources block of the template")
    }

    static func circularConditions(_ names: [String]) -> Refusal {
        .templateFormat("Circular dependency between conditions: [\(names.joined(separator: ", "))]")
    }

    static func circularResources(_ names: [String]) -> Refusal {
        .validation("Circular dependency between resources: [\(names.joined(separator: ", "))]")
    }
}

extension Refusal {
    /// A function that AWS does not know either.
    package static func unknownFunction(_ name: String) -> Refusal {
        let known = Intrinsic.allCases.map(\.rawValue) + ["Condition"]
        return .templateFunction(
            "Encountered unsupported function: \(name) Supported functions are: [\(known.joined(separator: ", "))]")
    }

    static func unsupportedFunction(_ name: String) -> Refusal {
        .templateFunction("\(name) is not supported by this version of Berth.")
    }

    static func functionBesideMembers(_ name: String, at path: String) -> Refusal {
        .templateFunction("\(name) must be the only member of its object. [\(path)]")
    }

    static func functionNotInCondition(_ name: String) -> Refusal {
        .templateFunction("\(name) cannot be used in the Conditions block of the template.")
    }

    static func conditionFunctionElsewhere(_ name: String) -> Refusal {
        .templateFunction("\(name) can only be used in the Conditions block of the template.")
    }

    static func malformed(_ intrinsic: Intrinsic) -> Refusal {
        .templateFunction(intrinsic.shapeText)
    }

    static func badSubstitutionName() -> Refusal {
        .templateFunction(
            "variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, "
                + "and colons")
    }

    static func mappingNotFound(_ map: String, _ first: String, _ second: String) -> Refusal {
        .templateFunction("Unable to get mapping for \(map)::\(first)::\(second)")
    }

    static func selectOutOfRange(_ index: Int) -> Refusal {
        .templateFunction("Fn::Select cannot select nonexistent value at index \(index)")
    }

    static func attributeNotSupported(resource: String, attribute: String) -> Refusal {
        .templateFunction("resource \(resource) does not support attribute type \(attribute) in Fn::GetAtt")
    }

    static func cidrDoesNotFit(block: String, count: Int, bits: Int) -> Refusal {
        .templateFunction("Fn::Cidr cannot cut \(count) blocks of \(bits) host bits out of \(block)")
    }

    static func dynamicReferenceNotSupported(_ reference: String) -> Refusal {
        .templateFunction("The dynamic reference \(reference) is not supported by this version of Berth.")
    }
}

extension Intrinsic {
    /// What CloudFormation says when this function's argument has not the shape it must have.
    var shapeText: String {
        switch self {
        case .ref: "every Ref object must have a single String value."
        case .base64: "every Fn::Base64 object must have a String-typed value."
        case .cidr: "every Fn::Cidr object requires an address block, a count from 1 to 256 and a number of host bits."
        case .findInMap:
            "every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for "
                + "return value"
        case .getAtt:
            "every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute"
        case .getAZs: "every Fn::GetAZs object must have a String-typed value."
        case .join:
            "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be "
                + "joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined."
        case .select: "Fn::Select requires a list argument with two elements: an integer index and a list"
        case .split:
            "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a "
                + "function that returns a string to be split."
        case .sub:
            "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first "
                + "argument, and an optional second argument to specify a mapping of values to replace in the string"
        case .if: "Fn::If requires a list argument with three elements: a condition name and two values"
        case .equals: "every Fn::Equals object requires a list of 2 string parameters."
        case .and: "every Fn::And object requires a list of at least 2 and at most 10 boolean parameters."
        case .or: "every Fn::Or object requires a list of at least 2 and at most 10 boolean parameters."
        case .not: "every Fn::Not object requires one boolean parameter."
        }
    }
}

extension Refusal {
    static func unknownParameters(_ names: [String]) -> Refusal {
        .validation("Parameters: [\(names.joined(separator: ", "))] do not exist in the template")
    }

    static func missingParameters(_ names: [String]) -> Refusal {
        .validation("Parameters: [\(names.joined(separator: ", "))] must have values")
    }

    static func parameterTypeUnknown(_ name: String, type: String) -> Refusal {
        .templateFormat("Unrecognized parameter type: \(type) (parameter \(name))")
    }

    static func parameterWithoutType() -> Refusal {
        .templateFormat("Every Parameters object must contain a Type member.")
    }

    static func parameterNotAllowed(_ parameter: ParameterDefinition) -> Refusal {
        parameter.violation("Parameter '\(parameter.name)' must be one of AllowedValues")
    }

    static func parameterDoesNotMatch(_ parameter: ParameterDefinition, pattern: String) -> Refusal {
        parameter.violation("Parameter '\(parameter.name)' must match pattern \(pattern)")
    }

    static func parameterTooShort(_ parameter: ParameterDefinition, _ length: Int) -> Refusal {
        parameter.violation(
            "Parameter '\(parameter.name)' must contain at least \(length) characters")
    }

    static func parameterTooLong(_ parameter: ParameterDefinition, _ length: Int) -> Refusal {
        parameter.violation("Parameter '\(parameter.name)' must contain at most \(length) characters")
    }

    static func parameterTooSmall(_ parameter: ParameterDefinition, _ bound: String) -> Refusal {
        parameter.violation("Parameter '\(parameter.name)' must be a number not less than \(bound)")
    }

    static func parameterTooLarge(_ parameter: ParameterDefinition, _ bound: String) -> Refusal {
        parameter.violation("Parameter '\(parameter.name)' must be a number not greater than \(bound)")
    }

    static func parameterNotNumber(_ name: String) -> Refusal {
        .validation("Parameter '\(name)' must be a number.")
    }

    static func parameterPatternInvalid(_ name: String, pattern: String) -> Refusal {
        .templateFormat("Parameter '\(name)' AllowedPattern is not a valid regular expression: \(pattern)")
    }

    static func systemParameterUnknown(_ name: String) -> Refusal {
        .validation("Unable to fetch parameters [\(name)] from parameter store for this account.")
    }
}

extension ParameterDefinition {
    /// The parameter's own words for a broken constraint take the place of CloudFormation's.
    fileprivate func violation(_ text: String) -> Refusal {
        guard let constraintDescription else { return .validation(text) }
        return .validation("Parameter \(name) failed to satisfy constraint: \(constraintDescription)")
    }
}
