"""Each fault of content by itself, against the readers as the workers call them."""

from __future__ import annotations

import pytest

from pipeline.extract.worker import Shipment, document, page_of
from scrapers.base import Rules
from tests.hostile.fault import PARAGRAPH, Fault
from tests.hostile.table import FAULTS

OF_CONTENT = [fault for fault in FAULTS.values() if fault.stage == "extract"]


@pytest.mark.parametrize("fault", OF_CONTENT, ids=lambda fault: fault.name)
def test_content_ends_as_the_table_says(fault: Fault) -> None:
    assert isinstance(fault.sends, bytes)
    page = page_of(fault.sends.partition(b"\r\n\r\n")[2], fault.url)
    if fault.error is not None:
        with pytest.raises(fault.error) as raised:
            document(Shipment(page=page), Rules())
        assert fault.reason in raised.value.reason
        assert raised.value.reason.isprintable()
    else:
        body = document(Shipment(page=page), Rules())["values"]["body"]["value"]
        assert PARAGRAPH.split("forty")[1].strip()[-40:] in body
        assert "root:" not in body
