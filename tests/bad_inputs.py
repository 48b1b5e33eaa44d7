"""Bad and odd inputs, made in code: each a request with the status that must answer it. None may break the service, and
no refusal may repeat what it refuses: SECRET stands in the texts, KEY_SECRET where only ASCII may."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from random import Random

SECRET, KEY_SECRET = "不可回显的内容", "not-to-be-echoed"
TEXT = f"{SECRET}县水务局2023年政府信息公开工作年度报告\n一、总体情况\n公开信息12条。\n行政许可 | 3\n"
EXTRACT, BATCH, JOBS = "/v1/extract", "/v1/extract/batch", "/v1/jobs"
TYPE = "Content-Type"
PLAIN, UTF_8 = {TYPE: "text/plain"}, {TYPE: "text/plain; charset=utf-8"}
JSON, LINES = {TYPE: "application/json"}, {TYPE: "application/x-ndjson"}
UPLOAD = {TYPE: "multipart/form-data; boundary=x"}


@dataclass(frozen=True)
class Case:
    """One request. `text`: what was posted, where it is read as a report; `status`: what the report must say then."""

    name: str
    body: bytes = field(repr=False)
    headers: dict[str, str]
    expected: int
    path: str = EXTRACT
    method: str = "POST"
    text: str | None = field(default=None, repr=False)
    status: str | None = None


def sent(name: str, body: object, expected: int, path=EXTRACT, headers=JSON, method="POST") -> Case:
    """A request that is not read as a report; what is neither bytes nor text goes as JSON."""
    body = body if isinstance(body, bytes | str) else json.dumps(body)
    return Case(name, body.encode() if isinstance(body, str) else body, headers, expected, path, method)


def read(name: str, text: str, data: bytes | None = None, headers=UTF_8, status: str | None = None) -> Case:
    """A request that is read as a report, however odd it is; `data` None is the text in UTF-8."""
    return Case(name, text.encode() if data is None else data, headers, 200, text=text, status=status)


def blanks() -> Iterator[Case]:
    for text in (
        "", " ", "\t\t", "\r\n\n\r", "\u3000\u00a0\u2003", "\ufeff", "\u200b\u200d\u200e", "\x0b\x0c\u2028", "\u00ad",
        " " * 3000, "\x01\x1b\x7f", "<p>&nbsp;</p>\n<br>", "<table><tr></tr></table>", "<p></p><!-- x -->",
    ):  # fmt: skip
        yield sent(f"blank {text[:12]!r}", text, 422, headers=UTF_8)
        yield sent(f"blank {text[:12]!r} in JSON", {"text": text}, 422)


def other_files() -> Iterator[Case]:
    for name, data in {
        "zip": b"PK\x03\x04\x14\0\x06\0", "png": b"\x89PNG\r\n\x1a\n\0\0", "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "zeros": b"\0" * 900, "ones": b"\xff" * 900,
        "gzip": gzip.compress(TEXT.encode(), mtime=0), "noise": Random(1).randbytes(2000),
    }.items():  # fmt: skip
        yield sent(f"{name} as text", data, 400, headers=PLAIN)
        yield sent(f"{name} as UTF-8", data, 400, headers=UTF_8)
        yield sent(f"{name} uploaded", uploaded(data), 400, headers=UPLOAD)
    pdf = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    yield read("pdf, which begins as text in GBK may", pdf.decode("gbk"), pdf, PLAIN, "not_a_report")
    yield sent("pdf as UTF-8", pdf, 400, headers=UTF_8)
    for kind in ("application/pdf", "text/html", "application/x-www-form-urlencoded", "text", "/", ";", "text/"):
        yield sent(f"type {kind}", TEXT, 415, headers={TYPE: kind})


def uploaded(data: bytes, said=b'name="file"; filename="a.txt"', kind=b"text/plain") -> bytes:
    return b"--x\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n%s\r\n--x--\r\n" % (said, kind, data)


def uploads() -> Iterator[Case]:
    data = TEXT.encode()
    part = uploaded(data)
    for name, body in {
        "nothing": b"", "no end": part[:-9], "a head alone": part[:30], "no part": b"--x--\r\n",
        "an empty file": uploaded(b""), "two files": part[:-4] + part[3:], "a field": uploaded(data, b'name="file"'),
        "another mark": b"-" + part, "no name": uploaded(data, b'filename="a"'),
        "another name": uploaded(data, b'name="text"; filename="a"'), "a bad header": b"--x\r\n%s\r\n\r\n" % data,
        "no header": b"--x\r\n: \r\n\r\na", "noise": Random(2).randbytes(99),
    }.items():  # fmt: skip
        yield sent(f"upload of {name}", body, 422, headers=UPLOAD)
    for boundary in ("", "; boundary=", "; boundary=y", f"; boundary={'x' * 300}", "; boundary=\xff"):
        yield sent(f"upload{boundary[:14]!r}", part, 422, headers={TYPE: "multipart/form-data" + boundary})
    for name in (b"../../etc/passwd", b"\xff\xfe\x80", b""):
        body = uploaded(data, b'name="file"; filename="%s"' % name, b"text/plain; charset=utf-8")
        yield read(f"upload named {name!r}", TEXT, body, UPLOAD)
    unknown = uploaded(data, b'name="file"; filename="a"', b"text/plain; charset=klingon")
    yield sent("upload in an unknown charset", unknown, 415, headers=UPLOAD)


def encodings() -> Iterator[Case]:
    def declared(charset: str | None) -> dict:
        return {TYPE: f"text/plain; charset={charset}"} if charset else PLAIN

    utf_8, gbk, le, be = (TEXT.encode(codec) for codec in ("utf-8", "gbk", "utf-16-le", "utf-16-be"))
    marked_le, marked_be = b"\xff\xfe" + le, b"\xfe\xff" + be
    for data, charsets in (
        (utf_8, (None, "utf-8", "UTF8", '"us-ascii"', "\xff")), (gbk, (None, "gbk", "GB2312", '"gb18030"')),
        (le, ("utf-16le",)), (be, ("utf-16be",)), (marked_le, (None, "utf-16")), (marked_be, (None, "utf-16")),
    ):  # fmt: skip
        yield from (read(f"{data[:3]!r} as {charset}", TEXT, data, declared(charset)) for charset in charsets)
    yield read("UTF-8 with a mark", "\ufeff" + TEXT, headers=PLAIN)
    for data, charsets in (
        (utf_8, ("gbk", "gb2312", "gb18030")), (gbk, ("utf-8", "us-ascii")), (gbk + b"\xc4", ("gbk", None)),
        (le, (None, "utf-8")), (le[:-1], ("utf-16le",)), (TEXT.encode("utf-32"), (None,)),
        (utf_8 + b"\xe5\xb9", ("utf-8",)), (utf_8 + b"\xc0\xaf", ("utf-8",)),
        (utf_8 + b"\xed\xa0\xbd\xed\xb8\x80", ("utf-8",)), (utf_8 + b"\0", (None, "gbk")),
    ):  # fmt: skip
        yield from (sent(f"{data[-4:]!r} as {one}", data, 400, headers=declared(one)) for one in charsets)
    for charset in ("big5", "latin-1", "utf-7", "utf-32", "x" * 500, '"utf-8', "utf-8'", "a'b'c", "..", KEY_SECRET):
        yield sent(f"charset {charset[:9]}", utf_8, 415, headers=declared(charset))
    for coding in ("gzip", "deflate, gzip", KEY_SECRET):
        yield sent(f"content coding {coding}", gzip.compress(utf_8), 415, headers=UTF_8 | {"Content-Encoding": coding})


def json_bodies() -> Iterator[Case]:
    begun = json.dumps({"text": TEXT})[:-2]
    for body in (
        "", begun, begun + '",}', f"{{'text': '{SECRET}'}}", '{"text": "a"}{"text": "b"}', TEXT, '{"text": "a"} //',
        '{"text": "a\nb"}', '{"text": "\\x"}', "[" * 1000, "[" * 100 + "]" * 100, '{"a":' * 100_000, "9" * 10_000,
        begun + '\\ud83d"}', begun + '\\ude00"}', begun + '\\ude00\\ud83d"}', begun.encode("utf-16le"),
    ):  # fmt: skip
        yield sent(f"no JSON {body[-9:]!r}", body, 400)
    for value in (None, 5, True, [], {}, {"txt": TEXT}, {"text": TEXT, "id": SECRET}, {"TEXT": TEXT}, {"": TEXT}):
        yield sent(f"JSON {json.dumps(value)[:9]}", value, 422)
    for value in (None, 5, 1.5, True, [TEXT], {"text": TEXT}, float("nan"), 10**4000):
        yield sent(f"JSON with text {json.dumps(value)[:9]}", {"text": value}, 422)
    for text in ("a\0b\0" + TEXT, "\x01\x1b" + TEXT, "\U0001f600" + TEXT, "\ufeff" + TEXT, "\\ud83d" + TEXT):
        yield read(f"JSON with text {text[:3]!r}", text, json.dumps({"text": text}).encode(), JSON)


def odd_texts() -> Iterator[Case]:
    for piece in (
        "0", "9", "1,", "3.", "|", "|\n", "一", "亿", "12条", "年", "。", "-", "\u202e年", "e\u0301", "Z\u0351\u0316",
        "\ufdfa", "٣", "\U0001f469\u200d\U0001f469", "\U0010ffff", "\ue000", "\ufffe", "②", "Ⅷ", "½", "𝟚", "𠮷",
        "20②3年", "2023年13月45日", "0000年1-12月", "二、主动公开政府信息情况\n", "行政许可 | 5\n", "http://",
    ):  # fmt: skip
        yield read(f"one {piece!r}", piece)
        yield read(f"nothing but {piece!r}", piece * (300 // len(piece)))
    noise = Random(3)
    for number in range(10):
        yield read(f"noise {number}", "".join(chr(noise.choice((noise.randint(33, 0xD7FF), 48))) for _ in range(300)))


def markup() -> Iterator[Case]:
    for piece in (
        "<div>", "<td>", "</td>", "<table><tr><td>1", "<p", "<a href='", "<!--", "<!-- x -->", "<!doctype", "<?xml",
        "<![x>", "<![CDATA[", "<![if !IE]>", "<script>", "</script>", "<style>p", "&", "&nbsp", "&nbsp;", "&#", "&#x",
        "&#0;", "&bogus;", "&#xD800;", "&#99999999;", "&#" + "9" * 5000 + ";", "&" + "x" * 2000,
        "<td colspan=99999999>", "<b>年</i>",
    ):  # fmt: skip
        yield read(f"markup with {piece[:12]!r}", f"<p>{TEXT}</p>" + piece * 3 + "<br>行政许可</br>")
        yield read(f"markup up to {piece[:12]!r}", f"<p>{TEXT}</p>" + piece * 5)


def other_texts() -> Iterator[Case]:
    for name, text in {
        "a poem": "床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n",
        "code": "def f(x):\n    return x + 1\n\nprint(f(41))\n",
        "JSON": json.dumps({"name": "a", "values": [1, 2, 3]}), "CSV": "a,b,c\n1,2,3\n4,5,6\n",
        "SQL": "SELECT 1 FROM t;", "a recipe": "西红柿切块，鸡蛋打散，热油下锅，翻炒片刻即可出锅。\n",
        "English": "The quick brown fox jumps over it. ", "a log": "INFO started\nWARN slow\n",
        "a tale": "从前有座山，山里有座庙，庙里有个老和尚在讲故事。\n",
    }.items():  # fmt: skip
        yield read(name, text, status="not_a_report")


def large() -> Iterator[Case]:
    cells = "<tr><td>行政许可</td><td>3</td></tr>\n"
    for name, text in {
        "one line of 900,000": "公开信息，" * 180_000, "a row 20,000 times": "行政许可 | 3 | 0\n" * 20_000,
        "0": "0" * 200_000, "a table of 20,000 rows": f"<table>{cells * 20_000}</table>",
        "deep": "<div>" * 50_000 + TEXT + "</div>" * 50_000, "10,000 digits": "9" * 10_000,
        "100,000 numbers": "9," * 100_000, "100,000 accents": "年" + "\u0301" * 100_000,
        "emoji": "\U0001f600" * 100_000, "line ends": "\n" * 100_000 + TEXT, "10,000 breaks": "行\r\n" * 10_000,
        "references": "<p></p>" + "&nbsp;" * 50_000 + TEXT, "20,000 headings": "二、主动公开政府信息情况\n" * 20_000,
        "20,000 comments without end": "<p></p>" + "<!--x>" * 20_000,
        "20,000 tags without end": "<p></p>" + "<a " * 20_000,
    }.items():  # fmt: skip
        yield read(name, text)
    too_long = SECRET + "年" * 1_000_000
    yield sent("10 MB of pipes", b"|" * 10_000_000, 413, headers=PLAIN)
    yield sent("a character too many", too_long, 413, headers=UTF_8)
    yield sent("a character too many in JSON", json.dumps({"text": too_long}), 413)
    yield sent("a character too many in a file", uploaded(too_long.encode()), 413, headers=UPLOAD)


def addresses() -> Iterator[Case]:
    for method in ("GET", "PUT", "PATCH", "DELETE", "OPTIONS", "NONSENSE"):
        yield sent(f"{method} to read", TEXT, 405, method=method)
    for path in ("/", "/V1/extract", "/v1/extract%00", "//v1/extract", "/v1/extract/x", f"/v1/{KEY_SECRET}", "/%FF"):
        yield sent(f"address {path}", TEXT, 404, path)
    for query in ("x", "facts,x", "facts;checks", "%FF", "a" * 9000, "%00", f"x&{KEY_SECRET}={KEY_SECRET}"):
        yield sent(f"include={query[:20]}", {"text": TEXT}, 422, f"{EXTRACT}?include={query}")
    for query in ("include=", "include=,,facts,", "x=1", "include=x&include=facts", "?", "&&&"):
        yield sent(f"query {query}", {"text": TEXT}, 200, f"{EXTRACT}?{query}")
    for job in (KEY_SECRET, "%00", "%FF", "..%2f", "x" * 5000, "'; DROP TABLE jobs", "😀"):
        for method, end in (("GET", ""), ("GET", "?wait=60"), ("DELETE", ""), ("GET", "/results")):
            yield sent(f"job {job[:9]} {method}{end}", "", 404, f"{JOBS}/{job}{end}", {}, method)
    for wait in ("-1", "61", "nan", "inf", "1e999", "", KEY_SECRET, "%00"):
        yield sent(f"job with wait={wait}", "", 422, f"{JOBS}/x?wait={wait}", {}, "GET")


def odd_headers() -> Iterator[Case]:
    for name, value in {
        "Accept": "application/xml", "X-Request-Id": "a b\xff" * 50, "X-Api-Key": KEY_SECRET, "Cookie": "a=\xff",
        "Host": "\xff", "Authorization": "Basic \xff", "Range": "bytes=9-1", "Content-Encoding": "identity",
    }.items():  # fmt: skip
        yield read(f"header {name}", TEXT, headers=UTF_8 | {name: value})
    for key, status in {"": 422, KEY_SECRET * 20: 422, "k" * 200: 202, "\xff": 202, "' OR 1": 202}.items():
        yield sent(f"key {key[:9]!r}", '{"text": "a"}', status, JOBS, LINES | {"Idempotency-Key": key})


def many_at_once() -> Iterator[Case]:
    for body in (None, [], {}, {"items": {}}, {"items": [], "x": SECRET}, {"items": [{"text": "a"}] * 101}):
        yield sent(f"batch {json.dumps(body)[:16]}", body, 422, BATCH)
    items = [None, 5, "a", [], {}, {"text": ""}, {"text": 5}, {"id": 5, "text": "a"}, {"text": "年", "id": "\ud83d"}]
    items += [{"id": "i" * 201, "text": "a"}, {"id": "\0", "text": "\ude00"}, {"text": "年" * 1_000_001}]
    yield sent("batch of every kind", {"items": items}, 200, BATCH)
    yield sent("batch of nothing", {"items": []}, 200, BATCH)
    lines = [json.dumps(one).encode() for one in items]
    lines += [b"\xff", b"{", b"\0", b"[" * 9999, b"\xef\xbb\xbf{}", b"NaN", b"{}\r"]
    yield sent("job of every kind", b"\n".join(lines), 202, JOBS, LINES)
    yield from (sent(f"job of line {number}", line, 202, JOBS, LINES) for number, line in enumerate(lines))
    yield from (sent(f"job of blanks {body!r}", body, 422, JOBS, LINES) for body in (b"", b"\n", b" \r\n\t\n"))
    yield sent("job of 10,001 lines", b"{}\n" * 10_001, 413, JOBS, LINES)
    yield from (sent(f"job as {kind[TYPE]}", TEXT, 415, JOBS, kind) for kind in (JSON, PLAIN, UPLOAD))


CASES = list(
    chain(
        blanks(), other_files(), uploads(), encodings(), json_bodies(), odd_texts(), markup(), other_texts(), large(),
        addresses(), odd_headers(), many_at_once(),
    )
)  # fmt: skip
