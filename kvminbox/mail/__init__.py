"""From the bytes of a mail to its headers and text; the only reader of RFC 5322 and MIME."""

from typing import TYPE_CHECKING

from kvminbox.lazy import import_later

if TYPE_CHECKING:
    from kvminbox.mail.addresses import is_list_address, parse_address
    from kvminbox.mail.body import Body
    from kvminbox.mail.dates import parse_date
    from kvminbox.mail.defects import DefectList, Note, ignore
    from kvminbox.mail.given_ids import read_given_id
    from kvminbox.mail.read import Mail
    from kvminbox.mail.stages import Stages, stage
    from kvminbox.mail.words import decode_line
    from kvminbox.mail.wrapped import read_content, read_mail
    from kvminbox.mbox import write_mbox
else:
    __getattr__ = import_later(
        __name__,
        {
            "kvminbox.mail.addresses": "is_list_address parse_address",
            "kvminbox.mail.body": "Body",
            "kvminbox.mail.dates": "parse_date",
            "kvminbox.mail.defects": "DefectList Note ignore",
            "kvminbox.mail.given_ids": "read_given_id",
            "kvminbox.mail.read": "Mail",
            "kvminbox.mail.stages": "Stages stage",
            "kvminbox.mail.words": "decode_line",
            "kvminbox.mail.wrapped": "read_content read_mail",
            "kvminbox.mbox": "write_mbox",
        },
    )

__all__ = [
    "Body",
    "DefectList",
    "Mail",
    "Note",
    "Stages",
    "decode_line",
    "ignore",
    "is_list_address",
    "parse_address",
    "parse_date",
    "read_content",
    "read_given_id",
    "read_mail",
    "stage",
    "write_mbox",
]


def __dir__() -> list[str]:
    return __all__
