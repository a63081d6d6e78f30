/// Which conventions a ``WireValue`` follows: those of typed formats, or those of the query protocols.
package enum WireForm: Hashable, Sendable {
    /// JSON and CBOR: members have their own names, numbers are numbers, lists are lists.
    case typed
    /// Query forms and XML: ``QueryName``s apply, every scalar is text, a list is a map from numbers.
    case query
}
