"""docs.aws.amazon.com/boto3/latest/reference/services, botocore/credentials.py."""

PACKAGE, OLDEST = "boto3", "1.26.0"


def _answer(service, operation, answer, asked):
    """Return what a client makes of an answer of the service, which the model of the service must allow."""
    import boto3
    from botocore.stub import Stubber

    client = boto3.client(service, region_name="eu-west-1", aws_access_key_id="id", aws_secret_access_key="s")
    with Stubber(client) as stub:
        stub.add_response(operation, answer, asked)
        return getattr(client, operation)(**asked)


def _temporary(planted):
    keys = {"AccessKeyId": "A" * 16, "SecretAccessKey": planted, "SessionToken": "t", "Expiration": 0}
    role = {"RoleArn": "arn:aws:iam::1:role/shop-for-ann", "RoleSessionName": "shop"}
    asked = {
        "get_session_token": {},
        "get_federation_token": {"Name": "ann"},
        "assume_role": role,
        "assume_role_with_saml": {
            "RoleArn": role["RoleArn"],
            "PrincipalArn": role["RoleArn"],
            "SAMLAssertion": "a" * 4,
        },
        "assume_role_with_web_identity": {**role, "WebIdentityToken": "t" * 4},
    }
    return {name: _answer("sts", name, {"Credentials": keys}, given) for name, given in asked.items()}


def shows(planted):
    """Answers are mappings, the frozen copy is a named tuple, and what is signed is text."""
    import boto3
    from botocore.credentials import Credentials

    key = {"UserName": "ann", "AccessKeyId": "A" * 16, "Status": "Active", "SecretAccessKey": planted}
    parameter = {"Name": "p", "WithDecryption": True}
    signed = {"AuthenticationResult": {"AccessToken": planted}}
    flow = {"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": "c"}
    client = boto3.client("s3", region_name="eu-west-1", aws_access_key_id=planted, aws_secret_access_key="s")
    return {
        **_temporary(planted),
        "get_frozen_credentials": Credentials("id", planted).get_frozen_credentials(),
        "create_access_key": _answer("iam", "create_access_key", {"AccessKey": key}, {}),
        "get_secret_value": _answer("secretsmanager", "get_secret_value", {"SecretString": planted}, {"SecretId": "x"}),
        "get_parameter": _answer("ssm", "get_parameter", {"Parameter": {"Value": planted}}, parameter),
        "get_parameters": _answer(
            "ssm", "get_parameters", {"Parameters": [{"Value": planted}]}, {"Names": ["p"], "WithDecryption": True}
        ),
        "get_parameters_by_path": _answer(
            "ssm", "get_parameters_by_path", {"Parameters": [{"Value": planted}]}, {"Path": "/", "WithDecryption": True}
        ),
        "generate_data_key": _answer("kms", "generate_data_key", {"Plaintext": planted.encode()}, {"KeyId": "k"}),
        "initiate_auth": _answer("cognito-idp", "initiate_auth", signed, flow),
        "admin_initiate_auth": _answer("cognito-idp", "admin_initiate_auth", signed, {**flow, "UserPoolId": "eu_1"}),
        "generate_presigned_url": client.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"}),
        "generate_presigned_post": client.generate_presigned_post("b", "k"),
    }


def hides(planted):
    """The live object has no text of its own."""
    from botocore.credentials import Credentials

    return {"Credentials": Credentials("id", planted)}
