"""Small drawings as SVG, made on the server: years as bars, a share over time as a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

BARS, LINE = (640, 56), (120, 22)
"""Width and height."""
MOST_YEARS = 60


def years(counts: Mapping[str, int], links: Mapping[str, str]) -> Markup:
    """Return documents per year as bars that link to their year; years without documents have their gap."""
    known = {int(year): number for year, number in counts.items() if year.isdigit() and int(year) > 0}
    if len(known) < 2:
        return Markup("")
    last = max(known)
    first = max(min(known), last - MOST_YEARS + 1)
    width, height = BARS
    step = width / (last - first + 1)
    most = max(number for year, number in known.items() if year >= first)
    bars = []
    for year in range(first, last + 1):
        number = known.get(year, 0)
        tall = max(2.0, number / most * (height - 2)) if number else 0
        left = (year - first) * step
        label = f"{year}: {number:,} documents"
        bars.append(
            Markup('<a href="{}" aria-label="{}"><title>{}</title><rect class="area" x="{:.1f}" y="0" width="{:.1f}" '
                   'height="{}"/><rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/></a>').format(
                links.get(str(year), "#"), label, label, left, step, height,
                left + step * 0.1, height - tall, step * 0.8, tall,
            )
            if number
            else Markup("")
        )  # fmt: skip
    return Markup(
        '<figure class="years"><svg viewBox="0 0 {} {}" preserveAspectRatio="none" role="group" '
        'aria-label="Documents per year">{}</svg><figcaption><span>{}</span><span>{}</span></figcaption></figure>'
    ).format(width, height, Markup("").join(bars), first, last)


def line(shares: Sequence[float], label: str) -> Markup:
    """Return shares between 0 and 1 as a line, the last one as a dot."""
    width, height = LINE
    step = (width - 6) / max(1, len(shares) - 1)
    points = [(3 + number * step, 2 + (1 - share) * (height - 4)) for number, share in enumerate(shares)]
    if len(points) == 1:
        points.insert(0, (3.0, points[0][1]))
        points[1] = (width - 3.0, points[1][1])
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return Markup(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}"><polyline points="{}"/>'
        '<circle cx="{:.1f}" cy="{:.1f}" r="2"/></svg>'
    ).format(width, height, label, path, *points[-1])


def ticks(at: Sequence[float]) -> Markup:
    """Return moments, in seconds, as how many fall into each part of the whole time."""
    parts, (width, height) = 80, BARS
    whole = max(at) or 1.0
    counts = [0] * parts
    for moment in at:
        counts[min(parts - 1, int(moment / whole * parts))] += 1
    most, step = max(counts), width / parts
    bars = [
        Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
            number * step, height - count / most * height, step * 0.8, count / most * height
        )
        for number, count in enumerate(counts)
        if count
    ]
    return Markup(
        '<figure class="years"><svg viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" '
        'aria-label="Requests over the time of the run">{}</svg>'
        "<figcaption><span>0 s</span><span>{:.0f} s</span></figcaption></figure>"
    ).format(width, height, Markup("").join(bars), max(at))
