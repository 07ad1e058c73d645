"""Signed as Standard Webhooks has it: its published vector; two signatures while a secret is changed."""

from datetime import UTC, datetime

from core.hooks.signing import headers, secret_of

# As published with the reference libraries of the specification.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
EVENT, MOMENT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
NOW = datetime.fromtimestamp(MOMENT + 0.9, UTC)


def test_the_published_vector() -> None:
    assert headers([SECRET], EVENT, BODY, NOW) == {
        "webhook-id": EVENT,
        "webhook-timestamp": str(MOMENT),
        "webhook-signature": SIGNATURE,
    }


def test_while_a_secret_is_changed_both_sign() -> None:
    fresh = secret_of(bytes(range(32)))
    assert fresh.startswith("whsec_")
    both = headers([fresh, SECRET], EVENT, BODY, NOW)["webhook-signature"].split(" ")
    assert both == [headers([fresh], EVENT, BODY, NOW)["webhook-signature"], SIGNATURE]
    assert both[0] != both[1]
