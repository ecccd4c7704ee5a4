"""A body seen from the side, as closed outlines: the kit from which the drawings of people are put together.

Lengths are in drawing units; a person is 225 of them tall, seven and a half heads. x grows to the right, y downwards,
angles are in degrees: 0 points right, 90 down. A person faces right; :func:`mirrored` turns a drawing round.
Limbs are cut from the proportions of an adult (thickness of thigh, calf, ankle as shares of the height).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import acos, atan2, cos, degrees, hypot, radians, sin
from typing import NamedTuple


class Point(NamedTuple):
    """A place in the drawing, or a way from one place to another."""

    x: float
    y: float

    def to(self, angle: float, length: float) -> Point:
        """The place that lies so far away in a direction."""
        return Point(self.x + length * cos(radians(angle)), self.y + length * sin(radians(angle)))

    def angle_to(self, other: Point) -> float:
        """The direction in which another place lies."""
        return degrees(atan2(other.y - self.y, other.x - self.x))

    def distance(self, other: Point) -> float:
        return hypot(other.x - self.x, other.y - self.y)


Outline = Sequence[Point]
Profile = Sequence[tuple[float, float, float]]
"""The thickness of a limb: (share of its length, towards the front, towards the back)."""

TRUNK, NECK, THIGH, SHIN, UPPER_ARM, FOREARM = 71.0, 12.0, 55.0, 51.0, 39.0, 34.0

THIGH_SHAPE: Profile = ((0, 13, 14), (0.3, 13.5, 12.5), (0.65, 10.5, 10), (0.9, 8.6, 8.4), (1, 8, 8), (1.08, 7.4, 7.4))
SHIN_SHAPE: Profile = (
    (-0.08, 7.2, 7.2),
    (0, 7.8, 7.8),
    (0.12, 7.4, 8.8),
    (0.3, 6.2, 10.6),
    (0.5, 5.6, 9),
    (0.75, 5, 5.4),
    (1, 5, 5),
)
TRUNK_SHAPE: Profile = ((-0.06, 3, 5), (0.06, 9, 9.5), (0.3, 14.5, 12), (0.6, 13, 11), (0.85, 13, 13), (1.04, 12, 14))
UPPER_ARM_SHAPE: Profile = ((0.2, 6.6, 6.4), (0.35, 6.6, 6.4), (1, 5, 5))
FOREARM_SHAPE: Profile = ((0, 5, 5), (0.3, 5, 5.2), (1, 3.4, 3.4))
SLEEVE_SHAPE: Profile = ((-0.12, 5, 5), (0, 8.4, 8.4), (0.3, 8.6, 8.4), (0.5, 8.4, 8.2))
LEG_OF_SHORTS: Profile = ((-0.16, 12, 13), (0, 14.6, 15.6), (0.3, 15, 14.2), (0.52, 14.4, 13.6))


def limb(start: Point, end: Point, shape: Profile) -> Outline:
    """The outline of a limb from joint to joint, round at both ends. Its front is on the left of the way."""
    along, length = start.angle_to(end), start.distance(end)
    middle = [(start.to(along, share * length), front, back) for share, front, back in shape]
    (first, front, _), (last, _, back) = middle[0], middle[-1]
    return [
        first.to(along + 180, 0.6 * front),
        *(point.to(along - 90, front) for point, front, _ in middle),
        last.to(along, 0.6 * back),
        *(point.to(along + 90, back) for point, _, back in reversed(middle)),
    ]


def side_strip(start: Point, end: Point, shape: Profile, *, inner: float) -> Outline:
    """A muscle at the back of a limb: from its outline to ``inner`` (a share of the thickness), thin at both ends."""
    along, length = start.angle_to(end), start.distance(end)
    middle = [(start.to(along, share * length), back) for share, _, back in shape if 0 <= share <= 1]
    return [
        *(point.to(along + 90, back) for point, back in middle),
        *(point.to(along + 90, back * inner) for point, back in reversed(middle[1:-1])),
    ]


def arc(centre: Point, radius: float, start: float, end: float) -> list[Point]:
    """Points on a part of a circle, from one direction to another."""
    return [centre.to(start + (end - start) * step / 6, radius) for step in range(7)]


def placed(points: Sequence[tuple[float, float]], origin: Point, angle: float) -> Outline:
    """Points of a part's own plane, laid into the drawing: its x axis points in the direction of the angle."""
    return [origin.to(angle, x).to(angle + 90, y) for x, y in points]


SOLE = 10.4
"""From the ankle down to the ground."""
FOOT = (
    (-5, -4), (-7.6, 4), (-6.5, 9.4), (0, SOLE), (8, 9.2), (17, SOLE), (25, 10.2), (27.5, 7), (20, 2.6), (10, -2.4),
    (5, -5),
)  # fmt: skip
HAND = ((-2, -3.6), (5, -4.4), (13, -3), (15, 0.5), (9, 3.8), (-2, 3.6))


def bend(start: Point, end: Point, first: float, second: float, side: int) -> Point:
    """The joint between two bones that reach from start to end; ``side`` is 1 or -1, the way that the joint points.

    Where they can't reach, they are stretched out towards the end.
    """
    reach = min(start.distance(end), first + second - 0.01)
    share = (first**2 + reach**2 - second**2) / (2 * first * reach)
    return start.to(start.angle_to(end) + side * degrees(acos(max(-1, min(1, share)))), first)


def smooth(outline: Outline, *, closed: bool = True) -> str:
    """An outline as SVG path data: a curve through all its points."""
    points = list(outline)
    count = len(points)
    if closed and sum(a.x * b.y - b.x * a.y for a, b in zip(points, points[1:] + points[:1], strict=True)) < 0:
        points.reverse()  # all turn the same way, so that outlines of one path add up
    parts = [f"M{number(points[0].x)} {number(points[0].y)}"]
    for index in range(count if closed else count - 1):
        before, here = points[index - 1], points[index]
        after, beyond = points[(index + 1) % count], points[(index + 2) % count]
        if not closed:
            before = points[max(index - 1, 0)]
            beyond = points[min(index + 2, count - 1)]
        first = Point(here.x + (after.x - before.x) / 6, here.y + (after.y - before.y) / 6)
        second = Point(after.x - (beyond.x - here.x) / 6, after.y - (beyond.y - here.y) / 6)
        parts.append("C" + " ".join(f"{number(point.x)} {number(point.y)}" for point in (first, second, after)))
    return "".join(parts) + ("Z" if closed else "")


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace("-0.0", "0")
