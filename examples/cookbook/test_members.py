import json
import os
import unittest
import urllib.error
import urllib.request
import uuid

URL = os.environ.get("TENANTRY_MOCK_URL", "http://127.0.0.1:4010")


def call(method, request, token=None):
    """Calls an RPC with JSON, and returns the JSON of its response."""
    headers = {"content-type": "application/json"}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    data = json.dumps(request).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{URL}/{method}", data, headers)) as response:
        return json.load(response)


def admin(method, **request):
    return call(f"tenantry.mock.v1.AdminService/{method}", request)


def vydon(method, token, /, **request):
    return call(f"mgmt.v1alpha1.UserAccountService/{method}", request, token)


ACCOUNT_ID = str(uuid.uuid4())  # a new one, so the tests can run again on the same server


def setUpModule():
    team = {"id": ACCOUNT_ID, "name": "acme", "members": [{"email": "ada@example.com"}]}
    admin("Seed", seed={"vydon": {"accounts": [team]}})


class MembersTest(unittest.TestCase):
    def setUp(self):
        admin("Reset")  # back to the seed
        self.token = admin("SignInVydon", email="ada@example.com")["token"]

    def test_lists_members(self):
        users = vydon("GetTeamAccountMembers", self.token, accountId=ACCOUNT_ID)["users"]
        self.assertEqual([user["email"] for user in users], ["ada@example.com"])

    def test_an_invite_expires(self):
        invite = vydon(
            "InviteUserToTeamAccount", self.token, accountId=ACCOUNT_ID, email="grace@example.com"
        )["invite"]
        admin("AdvanceClock", duration="25h")
        grace = admin("SignInVydon", email="grace@example.com")["token"]
        with self.assertRaises(urllib.error.HTTPError) as refused:
            vydon("AcceptTeamAccountInvite", grace, token=invite["token"])
        self.assertEqual(json.load(refused.exception)["code"], "permission_denied")

    def test_the_server_is_away(self):
        admin("InjectFault", fault={"method": "GetUserAccounts", "code": "unavailable", "times": 1})
        with self.assertRaises(urllib.error.HTTPError) as failed:
            vydon("GetUserAccounts", self.token)
        self.assertEqual(failed.exception.code, 503)
        vydon("GetUserAccounts", self.token)


if __name__ == "__main__":
    unittest.main()
