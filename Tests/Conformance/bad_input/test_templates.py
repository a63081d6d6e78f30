"""Templates that cannot be: refused in AWS's words, with the place, and nothing has changed."""

import re

import pytest
from support.refusals import refused
from support.server import berth

QUEUE = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n"

# Template, and what the refusal says.
BAD_TEMPLATES = {
    "yaml that ends too early": ("Resources:\n  Queue: {Type: [\n", r"^Template format error: YAML not well-formed"),
    "yaml with a tab": ("Resources:\n\tQueue: 1\n", r"^Template format error: YAML not well-formed.*line 2"),
    "json with a comma too many": (
        '{"Resources": {"Queue": {"Type": "AWS::SQS::Queue",}}}', r"^Template format error: JSON not well-formed.*line 1"
    ),
    "no resources": ("Description: empty\n", r"^Template format error: At least one Resources member must be defined\."),
    "a resource without a type": (
        "Resources:\n  Queue: {Properties: {}}\n",
        r"^Template format error: \[/Resources/Queue\] Every Resources object must contain a Type member\.",
    ),
    "a name with a dash": (
        "Resources:\n  my-queue: {Type: AWS::SQS::Queue}\n",
        r"^Template format error: Resource name my-queue is non alphanumeric\.",
    ),
    "an unknown type": ("Resources:\n  X: {Type: AWS::Nothing::Here}\n", r"Unrecognized resource types: \[AWS::Nothing::Here\]"),
    "an unknown function": (QUEUE + "    Properties: {QueueName: {'Fn::Nonsense': [a]}}\n", r"Fn::Nonsense"),
    "a reference to nothing": (
        QUEUE + "    Properties: {QueueName: !Ref Missing}\n",
        r"^Template format error: Unresolved resource dependencies \[Missing\] in the Resources block of the template",
    ),
    "a circle": (
        "Resources:\n  A: {Type: AWS::SQS::Queue, DependsOn: B}\n  B: {Type: AWS::SQS::Queue, DependsOn: A}\n",
        r"^Circular dependency between resources: \[A, B\]",
    ),
    "a missing parameter": (
        "Parameters:\n  Name: {Type: String}\n  Size: {Type: Number}\n" + QUEUE,
        r"^Parameters: \[Name, Size\] must have values",
    ),
    "a mapping without the key": (
        "Mappings: {M: {a: {b: c}}}\n" + QUEUE + "    Properties: {QueueName: !FindInMap [M, a, z]}\n",
        r"^Template error: Unable to get mapping for M::a::z",
    ),
    "a select without a list": (
        QUEUE + "    Properties: {QueueName: !Select [0]}\n",
        r"^Template error: Fn::Select requires a list argument with two elements: an integer index and a list",
    ),
}


@pytest.mark.parametrize("template, message", BAD_TEMPLATES.values(), ids=BAD_TEMPLATES.keys())
def test_a_bad_template_is_refused_and_nothing_is_created(clients, new_name, template, message):
    name = new_name()
    with refused("ValidationError", re.compile(message, re.DOTALL)):
        clients.cloudformation.create_stack(StackName=name, TemplateBody=template)
    with refused("ValidationError", f"Stack with id {name} does not exist"):
        clients.cloudformation.describe_stacks(StackName=name)


@pytest.mark.parametrize("declaration, value, message", [
    ("{Type: String, AllowedValues: [a, b]}", "c", "Parameter 'P' must be one of AllowedValues"),
    ("{Type: Number}", "many", "Parameter 'P' must be a number."),
    (
        "{Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: lower case only}", "UP",
        "Parameter P failed to satisfy constraint: lower case only",
    ),
])
def test_a_bad_parameter_is_refused(clients, new_name, declaration, value, message):
    with refused("ValidationError", message):
        clients.cloudformation.create_stack(
            StackName=new_name(), TemplateBody=f"Parameters:\n  P: {declaration}\n{QUEUE}",
            Parameters=[{"ParameterKey": "P", "ParameterValue": value}],
        )


def test_a_parameter_nobody_declared_is_refused(clients, new_name):
    with refused("ValidationError", "Parameters: [Ghost] do not exist in the template"):
        clients.cloudformation.create_stack(
            StackName=new_name(), TemplateBody=QUEUE, Parameters=[{"ParameterKey": "Ghost", "ParameterValue": "x"}]
        )


@pytest.mark.parametrize("name", ["1-starts-with-a-digit", "under_score", "x" * 129])
def test_a_bad_stack_name_is_refused(clients, name):
    with refused("ValidationError", re.compile("^1 validation error detected: Value .* at 'stackName'")):
        clients.cloudformation.create_stack(StackName=name, TemplateBody=QUEUE)


def test_a_template_over_the_limit_is_refused(clients, new_name):
    with refused("ValidationError", re.compile("at 'templateBody' failed to satisfy constraint")):
        clients.cloudformation.create_stack(
            StackName=new_name(), TemplateBody=QUEUE + "# " + "x" * 51_200
        )


@pytest.mark.process
@pytest.mark.parametrize("template, message", BAD_TEMPLATES.values(), ids=BAD_TEMPLATES.keys())
def test_up_refuses_it_in_the_same_words(tmp_path, template, message):
    path = tmp_path / "template.yml"
    path.write_text(template)
    result = berth("up", str(path), "--port", "0", "--state", str(tmp_path / "state"), "--exit-when-idle")
    assert result.returncode not in (0, -9)
    assert re.search(message.removeprefix("^"), result.stderr, re.DOTALL), result.stderr
    assert "Fatal error" not in result.stderr


@pytest.mark.process
def test_up_says_where_a_template_is_wrong(tmp_path):
    path = tmp_path / "template.yml"
    path.write_text("Resources:\n  Queue:\n    Type: [AWS::SQS::Queue\n    Properties: {}\n")
    result = berth("up", str(path), "--port", "0", "--state", str(tmp_path / "state"))
    assert result.returncode != 0
    assert re.search(r"line \d+, column \d+", result.stderr), result.stderr
