"""Holds every answer against botocore's model of it, before botocore drops what it does not know.

A parsed answer hides two kinds of mistake: members AWS does not have are discarded, and members that must be there
are simply absent. So the raw body is walked beside the output shape, for JSON and for the query protocol's XML.
"""

import base64
import json
import re
from datetime import datetime
from xml.etree import ElementTree

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# Answered by every service, listed by none.
COMMON_ERRORS = {
    "AccessDenied", "InvalidAction", "MissingAction", "SerializationException", "UnknownOperationException",
    "UnsupportedOperation", "ValidationError", "ValidationException", "InvalidParameterValue",
    "InvalidParameterValueException", "MissingParameter", "MissingRequiredParameterException", "Throttling",
}


# Required by the model, and yet left out by AWS when empty (reference, A.3).
ABSENT_WHEN_EMPTY = {"Successful", "Failed"}


class ShapeError(AssertionError):
    """An answer that is not what the service's model says."""


def watch(client) -> None:
    """Checks every answer that `client` gets from now on."""
    service = client.meta.service_model.service_id.hyphenize()
    client.meta.events.register(f"before-parse.{service}", _check_answer)


def _check_answer(operation_model, response_dict, **_) -> None:
    status, headers, body = (response_dict[key] for key in ("status_code", "headers", "body"))
    protocol = operation_model.service_model.resolved_protocol
    if status >= 500:
        raise ShapeError(f"{operation_model.name}: {status} {body[:500]!r}")
    problems = []
    if status >= 300:
        problems += _error_problems(operation_model, protocol, headers, body)
    elif protocol == "json":
        problems += _json_problems(operation_model, headers, body)
    elif protocol in ("query", "ec2"):
        problems += _xml_problems(operation_model, body)
    if not UUID.fullmatch(headers.get("x-amzn-requestid", "")) and protocol == "json":
        problems.append("x-amzn-RequestId is not a UUID")
    if problems:
        raise ShapeError(f"{operation_model.name}: " + "; ".join(problems))


def _error_problems(operation_model, protocol, headers, body):
    service = operation_model.service_model
    known = {shape.name for shape in service.error_shapes} | COMMON_ERRORS
    known |= {shape.error_code for shape in service.error_shapes}
    if protocol != "json":
        root = _without_namespaces(ElementTree.fromstring(body))
        code = root.findtext(".//Error/Code")
        if root.tag != "ErrorResponse" or root.findtext(".//Error/Message") is None:
            yield f"not an ErrorResponse: {body[:300]!r}"
        if code is None or not re.fullmatch(r"[A-Za-z.]+", code):
            yield f"the error code is {code!r}"
        return
    document = json.loads(body)
    code = document.get("__type", "").rsplit("#", 1)[-1]
    if code not in known:
        yield f"the error {code!r} is not one of the service's"
    if service.metadata.get("awsQueryCompatible") is not None and ";" not in headers.get("x-amzn-query-error", ""):
        yield f"the error {code} has no x-amzn-query-error header"


def _json_problems(operation_model, headers, body):
    version = operation_model.service_model.metadata["jsonVersion"]
    if headers.get("content-type", "").split(";")[0] != f"application/x-amz-json-{version}":
        yield f"the content type is {headers.get('content-type')!r}"
    shape = operation_model.output_shape
    if shape is None:
        return
    yield from _value_problems(shape, json.loads(body) if body else {}, "")


def _value_problems(shape, value, path):
    kind = shape.type_name
    accepted = _JSON_TYPES[kind]
    if not isinstance(value, accepted) or (isinstance(value, bool) and kind != "boolean"):
        yield f"{path or '(the answer)'} should be a {kind} and is {value!r}"
        return
    if kind == "structure":
        if getattr(shape, "is_document_type", False):
            return
        for name in value.keys() - shape.members.keys():
            yield f"{path}.{name} is not in the model"
        for name in shape.required_members:
            if name not in value and name not in ABSENT_WHEN_EMPTY:
                yield f"{path}.{name} is missing"
        for name, member in shape.members.items():
            if value.get(name) is not None:
                yield from _value_problems(member, value[name], f"{path}.{name}")
    elif kind == "list":
        for index, item in enumerate(value):
            yield from _value_problems(shape.member, item, f"{path}[{index}]")
    elif kind == "map":
        for key, item in value.items():
            yield from _value_problems(shape.value, item, f"{path}[{key!r}]")
    elif kind == "blob":
        base64.b64decode(value, validate=True)
    elif kind == "string":
        yield from _enumeration_problems(shape, value, path)


_JSON_TYPES = {
    "structure": dict, "list": list, "map": dict, "string": str, "character": str, "blob": str, "boolean": bool,
    "integer": int, "long": int, "float": (int, float, str), "double": (int, float, str),
    "timestamp": (int, float),
}


def _enumeration_problems(shape, value, path):
    if shape.enum and value not in shape.enum:
        yield f"{path} is {value!r}, not one of {shape.enum}"


def _xml_problems(operation_model, body):
    root = _without_namespaces(ElementTree.fromstring(body))
    if root.tag != f"{operation_model.name}Response":
        yield f"the answer's root is {root.tag}"
    if root.find(".//RequestId") is None and root.find(".//requestId") is None:
        yield "there is no RequestId"
    shape = operation_model.output_shape
    if shape is None:
        return
    wrapper = shape.serialization.get("resultWrapper")
    result = root.find(wrapper) if wrapper else root
    if result is None:
        yield f"there is no {wrapper}"
    else:
        ignored = set() if wrapper else {"ResponseMetadata", "requestId"}
        yield from _element_problems(shape, result, "", ignored)


def _element_problems(shape, element, path, ignored=frozenset()):
    kind = shape.type_name
    text = element.text or ""
    if kind == "structure":
        yield from _structure_element_problems(shape, element, path, ignored)
    elif kind == "list":
        name = shape.member.serialization.get("name", "member")
        for index, child in enumerate(element):
            if child.tag != name:
                yield f"{path}[{index}] is called {child.tag}, not {name}"
            else:
                yield from _element_problems(shape.member, child, f"{path}[{index}]")
    elif kind == "string":
        yield from _enumeration_problems(shape, text, path)
    elif kind == "boolean" and text not in ("true", "false"):
        yield f"{path} should be a boolean and is {text!r}"
    elif kind in ("integer", "long") and not re.fullmatch(r"-?\d+", text):
        yield f"{path} should be an integer and is {text!r}"
    elif kind == "timestamp":
        try:
            datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            yield f"{path} should be a time and is {text!r}"


def _structure_element_problems(shape, element, path, ignored):
    names = {member.serialization.get("name", name): name for name, member in shape.members.items()}
    flattened = {
        member.member.serialization.get("name", name): (name, member.member)
        for name, member in shape.members.items()
        if member.type_name == "list" and member.serialization.get("flattened")
    }
    present = set()
    for child in element:
        if child.tag in flattened:
            name, member = flattened[child.tag]
        elif child.tag in names:
            name = names[child.tag]
            member = shape.members[name]
        elif child.tag not in ignored:
            yield f"{path}.{child.tag} is not in the model"
            continue
        else:
            continue
        present.add(name)
        yield from _element_problems(member, child, f"{path}.{name}")
    for name in shape.required_members:
        if name not in present:
            yield f"{path}.{name} is missing"


def _without_namespaces(root):
    for element in root.iter():
        element.tag = element.tag.rsplit("}", 1)[-1]
    return root
