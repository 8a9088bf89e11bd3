"""docs.pydantic.dev/latest/api/pydantic_extra_types_payment."""

PACKAGE, OLDEST = "pydantic-extra-types[phonenumbers]", "pydantic-extra-types[phonenumbers]==2.1.0"
CARD, PHONE = "4000000000000002", "+44 20 7946 0958"  # made up for tests by a payment provider and a regulator


def shows(planted):
    """A number is a text that shows it."""
    from pydantic import BaseModel
    from pydantic_extra_types.payment import PaymentCardNumber
    from pydantic_extra_types.phone_numbers import PhoneNumber

    class Account(BaseModel):
        card: PaymentCardNumber
        phone: PhoneNumber

    made = Account(card=CARD, phone=PHONE)
    return {
        "PaymentCardNumber": [str(made.card), lambda text: text == CARD],
        "PhoneNumber": [str(made.phone), lambda text: text.endswith("0958")],
    }
