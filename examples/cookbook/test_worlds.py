import json
import os
import unittest
import urllib.error
import urllib.request
import uuid

MOCK = os.environ.get("TENANTRY_MOCK_URL", "http://127.0.0.1:4010")
ACCOUNT_ID = str(uuid.uuid4())  # a new one, so the tests can run again on the same server


def send(method, url, body=None, token=None):
    """Sends JSON, and returns the JSON of the response."""
    headers = {"content-type": "application/json"}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers, method=method)
    with urllib.request.urlopen(request) as response:
        return json.loads(response.read() or "null")


class MembersTest(unittest.TestCase):
    """Each test has a world of its own, so any number of them run at once against one `npx tenantry mock`."""

    def setUp(self):
        world = send("POST", f"{MOCK}/worlds")
        self.url = world["url"]  # the base URL for the code under test
        self.addCleanup(send, "DELETE", f"{MOCK}/worlds/{world['name']}")
        team = {"id": ACCOUNT_ID, "name": "acme", "members": [{"email": "ada@example.com"}]}
        self.admin("Seed", seed={"vydon": {"accounts": [team]}})
        self.token = self.admin("SignInVydon", email="ada@example.com")["token"]

    def admin(self, method, **body):
        return send("POST", f"{self.url}/tenantry.mock.v1.AdminService/{method}", body)

    def vydon(self, method, token, url=None, /, **body):
        return send("POST", f"{url or self.url}/mgmt.v1alpha1.UserAccountService/{method}", body, token)

    def test_the_token_alone_leads_to_the_world(self):
        users = self.vydon("GetTeamAccountMembers", self.token, MOCK, accountId=ACCOUNT_ID)["users"]
        self.assertEqual([user["email"] for user in users], ["ada@example.com"])

    def test_an_invite_expires(self):
        invite = self.vydon(
            "InviteUserToTeamAccount", self.token, accountId=ACCOUNT_ID, email="grace@example.com"
        )["invite"]
        self.admin("AdvanceClock", duration="25h")
        grace = self.admin("SignInVydon", email="grace@example.com")["token"]
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.vydon("AcceptTeamAccountInvite", grace, token=invite["token"])
        self.assertEqual(json.load(refused.exception)["code"], "permission_denied")

    def test_the_server_is_away(self):
        self.admin("InjectFault", fault={"method": "GetUserAccounts", "code": "unavailable", "times": 1})
        with self.assertRaises(urllib.error.HTTPError) as failed:
            self.vydon("GetUserAccounts", self.token)
        self.assertEqual(failed.exception.code, 503)
        self.vydon("GetUserAccounts", self.token)


if __name__ == "__main__":
    unittest.main()
