"""Draw the people of ``static/pictures/``: ``python -m tools.draw`` writes the files again.

Each drawing is a function that gives its parts from back to front. All colours are those of
``static/css/drawing.css``: ``currentColor``, which is the ink, and its custom properties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from tools.body import (
    FOOT,
    FOREARM,
    FOREARM_SHAPE,
    HAND,
    LEG_OF_SHORTS,
    NECK,
    SHIN,
    SHIN_SHAPE,
    SLEEVE_SHAPE,
    SOLE,
    THIGH,
    THIGH_SHAPE,
    TRUNK,
    TRUNK_SHAPE,
    UPPER_ARM,
    UPPER_ARM_SHAPE,
    Outline,
    Point,
    arc,
    bend,
    limb,
    number,
    placed,
    side_strip,
    smooth,
)

FOLDER = Path(__file__).parent.parent / "static/pictures"
LINE = 2.4

BODY, FAR, HAIR, SHIRT, SHORTS, THING, MUSCLE, MOVE = (
    f"var(--picture-{name})" for name in ("body", "far", "hair", "shirt", "shorts", "thing", "muscle", "move")
)


# --- lines and shapes -----------------------------------------------------------------------------------------------


def blob(fill: str, *outlines: Outline, weight: float = LINE) -> str:
    """Outlines grown into one shape: its line runs round them all and nowhere within."""
    data = "".join(smooth(outline) for outline in outlines)
    return f'<path d="{data}" fill="{fill}" stroke-width="{number(2 * weight)}" paint-order="stroke"/>'


def filled(fill: str, outline: Outline) -> str:
    """A shape without a line of its own."""
    return f'<path d="{smooth(outline)}" fill="{fill}" stroke="none"/>'


def line(*points: tuple[float, float], width: float = LINE, stroke: str = "", dash: str = "") -> str:
    """A curve through points."""
    data = smooth([Point(*point) for point in points], closed=False)
    more = (f' stroke="{stroke}"' if stroke else "") + (f' stroke-dasharray="{dash}"' if dash else "")
    return f'<path d="{data}" stroke-width="{number(width)}"{more}/>'


def box(x: float, y: float, width: float, height: float, *, radius: float = 0, fill: str = THING) -> str:
    round_off = f' rx="{number(radius)}"' if radius else ""
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"{round_off} '
        f'fill="{fill}"/>'
    )


def arrow(*points: tuple[float, float], width: float = 5) -> str:
    """A movement: a curve through points with a head at its end."""
    before, end = Point(*points[-2]), Point(*points[-1])
    angle = before.angle_to(end)
    if len(points) > 2:  # a curve turns on towards its end
        angle += 0.45 * ((angle - Point(*points[-3]).angle_to(before) + 180) % 360 - 180)
    tip = end.to(angle, 1.6 * width)
    head = [tip, end.to(angle - 90, 1.5 * width), end.to(angle + 90, 1.5 * width)]
    data = "M" + "L".join(f"{number(point.x)} {number(point.y)}" for point in head) + "Z"
    return f'<g stroke="{MOVE}">{line(*points, width=width)}<path d="{data}" fill="{MOVE}" stroke-width="2"/></g>'


# --- parts of a person ----------------------------------------------------------------------------------------------

FACE = (
    (0, -15), (8, -13), (12, -7), (12.3, -2), (15.6, 3), (12.8, 5), (12.6, 8), (10.5, 13), (3, 14), (-2, 11), (-9, 9),
    (-13, 2), (-12.5, -7), (-7, -13),
)  # fmt: skip
HAIR_SHAPE = (
    (11, -11), (6, -16.5), (-3, -17.5), (-11, -13.5), (-15.5, -5), (-15, 4), (-10, 10), (-7, 6), (-6.5, 0), (-2, -4),
    (0, -8), (6, -8.5),
)  # fmt: skip


def head(shoulder: Point, lean: float, tilt: float = 0, *, bun: bool = False) -> str:
    """Neck and head. ``lean`` is the direction of the neck, ``tilt`` that of the face: 0 looks straight ahead."""
    centre = shoulder.to(lean, NECK + 14)
    eye, ear = centre.to(tilt, 8).to(tilt - 90, 1), centre.to(tilt, -2.5)
    neck = limb(centre.to(tilt, -4), shoulder.to(lean + 180, 6), ((0, 5.5, 5.5), (0.6, 5.6, 5.6), (1, 8, 8)))
    hair = [placed(HAIR_SHAPE, centre, tilt)]
    if bun:
        hair.append(arc(centre.to(tilt, -14).to(tilt - 90, 11), 6, 0, 300))
    mouth = placed(((9.5, 8.8), (12, 8.4)), centre, tilt)
    return "".join(
        (
            blob(BODY, placed(FACE, centre, tilt), neck),
            blob(HAIR, *hair, weight=0.7),
            line(ear.to(tilt - 90, 2), ear.to(tilt + 180, 2.4), ear.to(tilt + 90, 3), width=1.6),
            f'<circle cx="{number(eye.x)}" cy="{number(eye.y)}" r="1.3" fill="currentColor" stroke="none"/>',
            line(*mouth, width=1.6),
        )
    )


def trunk(shoulder: Point, hip: Point) -> str:
    """The shirt."""
    return blob(SHIRT, limb(shoulder, hip, TRUNK_SHAPE))


def arm(shoulder: Point, wrist: Point, *, side: int = 1, hand: float | None = None, skin: str = BODY) -> str:
    """An arm whose hand ends at a place. ``side`` is the way that the elbow points, ``hand`` the hand's direction."""
    elbow = bend(shoulder, wrist, UPPER_ARM, FOREARM, side)
    end = elbow.to(elbow.angle_to(wrist), FOREARM)
    direction = elbow.angle_to(end) if hand is None else hand
    upper, lower = limb(shoulder, elbow, UPPER_ARM_SHAPE), limb(elbow, end, FOREARM_SHAPE)
    return blob(skin, upper, lower, placed(HAND, end, direction)) + blob(SHIRT, limb(shoulder, elbow, SLEEVE_SHAPE))


class Leg(NamedTuple):
    """A leg's joints, and the direction of its sole from heel to toes."""

    hip: Point
    knee: Point
    ankle: Point
    sole: float


def straight_leg(hip: Point, angle: float, sole: float) -> Leg:
    """A leg with a straight knee, in a direction."""
    return Leg(hip, hip.to(angle, THIGH), hip.to(angle, THIGH + SHIN), sole)


def bent_leg(hip: Point, ankle: Point, sole: float, side: int = -1) -> Leg:
    """A leg that reaches from hip to ankle, its knee pointing to one side."""
    return Leg(hip, bend(hip, ankle, THIGH, SHIN, side), ankle, sole)


def leg(bones: Leg, *, marked: str = "", far: bool = False, shorts: bool = True) -> str:
    """A leg. ``marked`` names the muscle that is stretched: calf, hamstring, quadriceps."""
    hip, knee, ankle, sole = bones
    skin = FAR if far else BODY
    thigh, shin = limb(hip, knee, THIGH_SHAPE), limb(knee, ankle, SHIN_SHAPE)
    parts = [blob(skin, thigh, shin, placed(FOOT, ankle, sole))]
    if shorts:
        parts.append(blob(SHORTS, limb(hip, knee, LEG_OF_SHORTS)))
    if marked == "calf":
        parts.append(muscle(side_strip(knee, ankle, SHIN_SHAPE, inner=-0.2)))
    if marked == "hamstring":
        parts.append(muscle(side_strip(hip, knee, THIGH_SHAPE, inner=0.1)))
    if marked == "quadriceps":
        parts.append(muscle(front_strip(hip, knee)))
    return "".join(parts)


def muscle(strip: Outline) -> str:
    """A muscle that is stretched: marked, with a light line along it."""
    half = len(strip) // 2 + 1
    outer, inner = strip[1 : half - 1], list(reversed(strip[half:]))
    middle = [Point((a.x + b.x) / 2, (a.y + b.y) / 2) for a, b in zip(outer, inner, strict=False)]
    return filled(MUSCLE, strip) + line(*middle, width=1.4, stroke=BODY)


def ghost(bones: Leg) -> str:
    """Where a leg was before."""
    hip, knee, ankle, sole = bones
    return was(limb(hip, knee, THIGH_SHAPE), limb(knee, ankle, SHIN_SHAPE), placed(FOOT, ankle, sole))


def _reflected(point: Point, origin: Point, axis: float) -> Point:
    """A point on the other side of a line."""
    away, turn = origin.distance(point), origin.angle_to(point) - axis
    return origin.to(axis - turn, away)


# --- the drawings ---------------------------------------------------------------------------------------------------


class Drawing(NamedTuple):
    """What is drawn, from back to front, and its size."""

    width: int
    height: int
    parts: tuple[str, ...]


def in_bed(*parts: str) -> Drawing:
    """Someone in bed. The bed runs on beyond the drawing."""
    mattress = box(-20, BED, 300, 40)
    return Drawing(180, 154, (grown(1, -29, -2, mattress, *parts),))


BED = 136.0
SEAT = Point(76, BED - 14)


def calf_stretch_knee() -> Drawing:
    """Sitting up in bed: the bent knee is pressed straight."""
    shoulder = SEAT.to(-90, TRUNK)
    straight, before = straight_leg(SEAT, 2.5, -84), bent_leg(SEAT, Point(158, BED - 12), -8)
    knee = before.knee
    return in_bed(
        ghost(before),
        arm(shoulder, Point(50, BED - 6), side=-1, hand=150, skin=FAR),
        leg(straight),
        trunk(shoulder, SEAT),
        head(shoulder, -86, 6),
        arm(shoulder, straight.knee.to(-106, 13), side=1, hand=22),
        arrow((knee.x + 13, knee.y - 6), (knee.x + 13, knee.y + 18)),
    )


def calf_stretch_toes() -> Drawing:
    """Sitting up in bed, leg straight: the toes come up towards the shin."""
    shoulder = SEAT.to(-94, TRUNK)
    near, before = straight_leg(SEAT, 2.5, -106), straight_leg(SEAT, 2.5, -62)
    return in_bed(
        arm(shoulder, Point(48, BED - 6), side=-1, hand=150, skin=FAR),
        ghost(before),
        leg(near, marked="calf"),
        trunk(shoulder, SEAT),
        head(shoulder, -88, 4),
        arm(shoulder, Point(52, BED - 5), side=-1, hand=150),
        arrow(*arc(near.ankle, 42, -58, -100)),
    )


def holding(*more: str, rubs: bool = False) -> Drawing:
    """Leaning forward, hands round the ball of the foot; or one there and one that rubs the calf."""
    shoulder = SEAT.to(-57, TRUNK)
    near = straight_leg(SEAT, 2.5, -106)
    wrist = near.ankle.to(-120, 29)
    return in_bed(
        leg(straight_leg(SEAT, 2.5, -80), far=True),
        arm(shoulder, wrist.to(-30, 4), side=1, hand=20, skin=FAR),
        leg(near, marked="calf"),
        trunk(shoulder, SEAT),
        head(shoulder, -64, 10),
        arm(shoulder, Point(134, BED - 27), side=1, hand=52) if rubs else arm(shoulder, wrist, side=1, hand=32),
        *more,
    )


def calf_stretch_pull() -> Drawing:
    return holding(arrow((202, 84), (174, 72)))


def calf_stretch_hold() -> Drawing:
    return holding(breath(Point(147, 46)))


def calf_stretch_rub() -> Drawing:
    return holding(arrow((124, 148), (150, 148), width=3.5), arrow((150, 148), (124, 148), width=3.5), rubs=True)


def breath(mouth: Point) -> str:
    """Air that flows out, calmly."""
    x, y = mouth
    return "".join(
        line((x, y + dy), (x + 9, y + dy - 3), (x + 18, y + dy), (x + length, y + dy - 3), width=2, stroke=MOVE)
        for dy, length in ((-5, 24), (2, 30), (9, 24))
    )


def calf_stretch_towel() -> Drawing:
    """Sitting tall: a towel round the ball of the foot, its ends in the hands."""
    shoulder = SEAT.to(-92, TRUNK)
    near = straight_leg(SEAT, 2.5, -104)
    ball = near.ankle.to(-104, 18).to(-14, SOLE + 1)
    wrist = Point(116, 84)
    return in_bed(
        arm(shoulder, wrist.to(-20, 5), side=1, hand=10, skin=FAR),
        leg(straight_leg(SEAT, 2.5, -82), far=True),
        leg(near, marked="calf"),
        trunk(shoulder, SEAT),
        head(shoulder, -86, 6),
        towel(wrist.to(130, 11), wrist.to(12, 10), ball.to(-110, 2), ball.to(80, 5)),
        arm(shoulder, wrist, side=1, hand=12),
        arrow((172, 66), (144, 62)),
    )


def towel(*points: Point) -> str:
    """A band of cloth that runs straight from point to point."""
    way = "M" + "L".join(f"{number(point.x)} {number(point.y)}" for point in points)
    return f'<path d="{way}" stroke-width="{number(7 + 2 * LINE)}"/><path d="{way}" stroke="{THING}" stroke-width="7"/>'


# Standing: the floor, the wall and what there is to hold on to.

FLOOR, WALL = 242.0, 206.0
UP = FLOOR - SOLE


def room(*, wall: bool = True) -> str:
    return (box(WALL, 8, 26, FLOOR - 8) if wall else "") + line((6, FLOOR), (234, FLOOR))


def chair(left: float, *, seat: float = 188, back: float = 128) -> str:
    """A chair seen from the side, its back on the left."""
    return "".join(
        (
            box(left, back, 7, FLOOR - back, radius=2),
            box(left + 38, seat + 4, 6, FLOOR - seat - 4, radius=2),
            box(left, seat, 44, 8, radius=2),
        )
    )


def palm(y: float) -> Point:
    """Where a wrist is when its palm lies flat on the wall."""
    return Point(WALL - 5, y)


def standing_calf_start() -> Drawing:
    """Facing a wall: arms straight, palms on it at the height of the chest."""
    hip = Point(126, UP - THIGH - SHIN)
    shoulder = hip.to(-88, TRUNK)
    legs = Leg(hip, hip.to(89, THIGH), hip.to(89, THIGH + SHIN), 0)
    return Drawing(
        240,
        250,
        (
            room(),
            arm(shoulder, palm(shoulder.y + 10), side=1, hand=-90, skin=FAR),
            leg(Leg(hip, hip.to(86, THIGH), hip.to(86, THIGH + SHIN), 0), far=True),
            leg(legs),
            trunk(shoulder, hip),
            head(shoulder, -84, bun=True),
            arm(shoulder, palm(shoulder.y + 14), side=1, hand=-90),
        ),
    )


def stepped_back(*, lean: float, back: Point, front: Point, marked: str, more: tuple[str, ...]) -> Drawing:
    """A step between the feet: the back leg straight with its heel down."""
    hip = back.to(lean, THIGH + SHIN)
    shoulder = hip.to(-80, TRUNK)
    near = Leg(hip, back.to(lean, SHIN), back, 0)
    return Drawing(
        240,
        250,
        (
            room(),
            arm(shoulder, palm(shoulder.y + 8), side=1, hand=-90, skin=FAR),
            leg(bent_leg(hip, front, 0), far=True),
            leg(near, marked=marked),
            trunk(shoulder, hip),
            head(shoulder, -80, bun=True),
            arm(shoulder, palm(shoulder.y + 13), side=1, hand=-90),
            *more,
        ),
    )


def standing_calf_back() -> Drawing:
    back = Point(62, UP)
    more = (arrow((112, FLOOR - 40), (84, FLOOR - 40)),)
    return stepped_back(lean=-61, back=back, front=Point(142, UP), marked="", more=more)


def standing_calf_lean() -> Drawing:
    back = Point(58, UP)
    more = (arrow((46, 118), (82, 118)), arrow((34, 188), (34, 214)))
    return stepped_back(lean=-56, back=back, front=Point(142, UP), marked="calf", more=more)


def stand_and_hold() -> Drawing:
    """Standing with the heel of the cramped leg pressed down, both hands on something firm."""
    hip = Point(104, UP - THIGH - SHIN + 1)
    shoulder = hip.to(-86, TRUNK)
    near = Leg(hip, hip.to(97, THIGH), hip.to(97, THIGH + SHIN), 0)
    return Drawing(
        240,
        250,
        (
            room(wall=False),
            chair(148, back=118),
            arm(shoulder, Point(146, 112), side=1, hand=12, skin=FAR),
            leg(bent_leg(hip, Point(122, UP), 0), far=True),
            leg(near, marked="calf"),
            trunk(shoulder, hip),
            head(shoulder, -84, 4),
            arm(shoulder, Point(142, 115), side=1, hand=12),
            arrow((62, 186), (62, 214)),
        ),
    )


def hamstring(*, lean: float, wrist: Point, hand: float, tilt: float, marked: str, more: tuple[str, ...]) -> Drawing:
    """Sitting on the floor with straight legs and a long back."""
    seat = Point(62, 150)
    shoulder = seat.to(lean, TRUNK)
    near = straight_leg(seat, 1, -78)
    return Drawing(
        240,
        146,
        (
            grown(
                1,
                0,
                -26,
                line((6, 165), (234, 165)),
                leg(straight_leg(seat, 1, -72), far=True),
                arm(shoulder, wrist.to(0, 5), side=1, hand=hand, skin=FAR),
                leg(near, marked=marked),
                trunk(shoulder, seat),
                head(shoulder, lean + 2, tilt, bun=True),
                arm(shoulder, wrist, side=1, hand=hand),
                *more,
            ),
        ),
    )


def hamstring_sit() -> Drawing:
    return hamstring(lean=-90, wrist=Point(84, 148), hand=30, tilt=0, marked="", more=())


def hamstring_reach() -> Drawing:
    more = (arrow(*arc(Point(62, 150), 112, -88, -62)),)
    return hamstring(lean=-46, wrist=Point(148, 137), hand=14, tilt=14, marked="hamstring", more=more)


def quadriceps(*, near: Leg, wrist: Point, hand: float, marked: str, more: tuple[str, ...]) -> Drawing:
    """Standing tall on one leg, a hand on a chair."""
    hip = near.hip
    shoulder = hip.to(-90, TRUNK)
    return Drawing(
        240,
        250,
        (
            room(wall=False),
            chair(154, back=118),
            arm(shoulder, Point(148, 113), side=1, hand=10, skin=FAR),
            leg(Leg(hip, hip.to(89, THIGH), hip.to(90, THIGH + SHIN), 0), far=True),
            leg(near, marked=marked),
            trunk(shoulder, hip),
            head(shoulder, -88),
            arm(shoulder, wrist, side=-1, hand=hand),
            *more,
        ),
    )


TALL = Point(112, UP - THIGH - SHIN)


def quadriceps_stand() -> Drawing:
    knee = TALL.to(84, THIGH)
    near = Leg(TALL, knee, knee.to(150, SHIN), 112)
    more = (arrow(*arc(knee, 62, 158, 200)),)
    return quadriceps(near=near, wrist=Point(106, 136), hand=95, marked="", more=more)


def quadriceps_hold() -> Drawing:
    knee = TALL.to(94, THIGH)
    near = Leg(TALL, knee, knee.to(-120, SHIN), -152)
    wrist = near.ankle.to(-60, 9)
    more = (arrow((40, 176), (58, 156)),)
    return quadriceps(near=near, wrist=wrist, hand=130, marked="quadriceps", more=more)


def wall_lean(*, lean: float, more: tuple[str, ...], marked: str) -> Drawing:
    """Both feet together and flat, the body one straight line from heel to head."""
    ankle = Point(70, UP)
    hip = ankle.to(lean, THIGH + SHIN)
    shoulder = hip.to(lean, TRUNK)
    both = Leg(hip, ankle.to(lean, SHIN), ankle, 0)
    return Drawing(
        240,
        250,
        (
            room(),
            arm(shoulder, palm(shoulder.y + 12), side=1, hand=-90, skin=FAR) if marked else "",
            leg(both, marked=marked),
            trunk(shoulder, hip),
            head(shoulder, lean + 2),
            arm(shoulder, palm(shoulder.y + 16), side=1, hand=-90)
            if marked
            else arm(shoulder, Point(shoulder.x + 4, hip.y), side=-1),
            *more,
        ),
    )


def wall_lean_stand() -> Drawing:
    return wall_lean(lean=-90, marked="", more=(arrow((96, 206), (190, 206)), arrow((190, 206), (96, 206))))


def wall_lean_lean() -> Drawing:
    more = (arrow((52, 96), (82, 86)), arrow((40, 188), (40, 214)))
    return wall_lean(lean=-69, marked="calf", more=more)


# The foot. It is drawn large, so its lines are those of the kit, grown.


def foot_stretch_sit() -> Drawing:
    """On a chair: the ankle of the cramped foot lies on the other knee, its sole towards us, toes held by a hand."""
    hip = Point(96, 172)
    shoulder = hip.to(-84, TRUNK)
    near = bent_leg(hip, Point(hip.x + 56, UP), 0)
    knee = Point(near.knee.x - 2, near.knee.y - 12)
    sole = placed(SOLE_SEEN, knee, 8)
    wrist = Point(knee.x + 25, knee.y - 19)
    return Drawing(
        240,
        206,
        (
            grown(
                1,
                0,
                -44,
                line((6, FLOOR), (234, FLOOR)),
                stool(hip.y + 14, hip.x - 24, hip.x + 30),
                arm(shoulder, Point(knee.x - 4, knee.y - 16), side=1, hand=60, skin=FAR),
                blob(FAR, limb(hip.to(-30, 10), Point(hip.x + 44, hip.y - 16), THIGH_SHAPE)),
                leg(near),
                trunk(shoulder, hip),
                head(shoulder, -76, 14),
                blob(BODY, sole),
                filled(MUSCLE, placed(SOLE_MUSCLE, knee, 8)),
                "".join(line(*placed(toe, knee, 8), width=1.6) for toe in TOES),
                arm(shoulder, wrist, side=1, hand=60),
                arrow(*arc(Point(knee.x + 6, knee.y), 46, 10, -30)),
            ),
        ),
    )


SOLE_SEEN = (
    (-20, -1), (-17, -8), (-8, -9), (2, -7.5), (12, -11), (20, -12), (27, -10.5), (31, -4), (29, 3), (24, 7.5),
    (14, 8.5), (0, 5), (-10, 7.5), (-18, 6),
)  # fmt: skip
SOLE_MUSCLE = ((-11, -3), (0, -4), (12, -7), (19, -6), (20, 2), (12, 4.5), (0, 2), (-10, 3))
TOES = (((22, -6), (28, -6.4)), ((22, -1.5), (29.6, -1)), ((21.5, 2.6), (27.5, 4)))


def stool(seat: float, left: float, right: float) -> str:
    return "".join(
        (
            box(left + 4, seat, 6, FLOOR - seat),
            box(right - 10, seat, 6, FLOOR - seat),
            box(left, seat, right - left, 9, radius=3),
        )
    )


# Parts of the leg, drawn large: the kit is grown, and its lines are made thinner by as much.


def grown(scale: float, x: float, y: float, *parts: str) -> str:
    """Parts that are drawn larger, their origin at a place."""
    inner = "".join(parts)
    return f'<g transform="translate({number(x)} {number(y)}) scale({scale:g})">{inner}</g>'


def words(x: float, y: float, *lines: str, end: bool = False) -> str:
    """A label of a few lines, the first one bold. With ``end`` it ends at x."""
    anchor = ' text-anchor="end"' if end else ""
    spans = "".join(
        f'<tspan x="{number(x)}" dy="{number(16 if index else 0)}"{"" if index else BOLD}>{text}</tspan>'
        for index, text in enumerate(lines)
    )
    return f'<text y="{number(y)}" fill="currentColor" stroke="none" font-size="13"{anchor}>{spans}</text>'


BOLD = ' font-weight="700"'


def leg_muscles() -> Drawing:
    """The leg from the side, with the muscles that cramp."""
    top, knee, ankle = Point(0, 0), Point(2, THIGH), Point(0, THIGH + SHIN)
    calf = side_strip(knee, ankle, SHIN_SHAPE, inner=-0.25)
    back = side_strip(top, knee, THIGH_SHAPE, inner=0.15)
    front = front_strip(top, knee)
    sole = placed(((-4, 8.6), (4, 7.4), (12, 7.6), (19, 8.6), (12, 4.6), (4, 4)), ankle, 0)
    tendon = (ankle.to(-100, 22).to(180, 4), ankle.to(180, 4.6), ankle.to(140, 8))
    trousers = limb(top, knee, ((-0.4, 11, 12), (0, 14.4, 15.4), (0.16, 14.8, 14.8)))
    return Drawing(
        320,
        300,
        (
            grown(
                2.2,
                151,
                36,
                blob(BODY, limb(top, knee, THIGH_SHAPE), *shin_and_foot(knee, ankle, 0), weight=CLOSE),
                f'<g fill-opacity="0.5">{"".join(filled(MUSCLE, shape) for shape in (back, front, sole))}</g>',
                filled(MUSCLE, calf),
                line(*tendon, width=1.6),
                blob(SHORTS, trousers, weight=CLOSE),
            ),
            line((171, 96), (202, 90), width=1.4),
            words(206, 88, "Front of thigh", "(quadriceps)", "rarer"),
            line((129, 112), (106, 104), width=1.4),
            words(102, 98, "Back of thigh", "(hamstrings)", "rarer", end=True),
            line((129, 200), (106, 190), width=1.4),
            words(102, 184, "Calf", "usual place", end=True),
            line((143, 252), (106, 254), width=1.4),
            words(102, 252, "Heel tendon", "(Achilles)", end=True),
            line((179, 284), (218, 266), width=1.4),
            words(222, 256, "Foot", "(sole)", "comes next"),
        ),
    )


CLOSE = 1.6
"""The weight of a line in what is drawn large."""


def front_strip(hip: Point, knee: Point) -> Outline:
    """The muscle at the front of the thigh."""
    turned = tuple((share, back, front) for share, front, back in THIGH_SHAPE)
    strip = side_strip(hip, knee, turned, inner=0.1)
    return [_reflected(point, hip, hip.angle_to(knee)) for point in strip]


def shin_and_foot(knee: Point, ankle: Point, sole: float) -> tuple[Outline, Outline]:
    return limb(knee, ankle, SHIN_SHAPE), placed(FOOT, ankle, sole)


def lower_leg(knee: Point, ankle: Point, sole: float) -> str:
    """A leg from above the knee down: what is above is cut off by the edge."""
    return blob(BODY, limb(knee.to(-90, 40), knee, THIGH_SHAPE), *shin_and_foot(knee, ankle, sole), weight=CLOSE)


def glance_cramp() -> Drawing:
    """A hard knot in the calf, the toes pulled down."""
    knee, ankle = Point(0, 0), Point(-3, SHIN)
    knot = placed(
        ((5, 6), (10, 10), (17, 12), (24, 10.4), (30, 6), (25, 1.4), (16, -0.6), (9, 1.6)), knee, knee.angle_to(ankle)
    )
    middle = Point(-3, 16)
    rays = tuple(line(middle.to(angle, 17), middle.to(angle, 25), width=2, stroke=MOVE) for angle in (148, 180, 212))
    return Drawing(160, 120, (grown(1.3, 80, 16, lower_leg(knee, ankle, 42), blob(MUSCLE, knot, weight=1.2), *rays),))


def glance_restless() -> Drawing:
    """Sitting: a lower leg that creeps inside and keeps moving to and fro."""
    knee = Point(0, 0)
    creeping = tuple(
        line((x, 11), (x - 2.4, 17), (x + 1.6, 23), (x - 1.6, 29), (x + 1, 35), width=1.5, stroke=MOVE)
        for x in (-5.6, -0.6)
    )
    thigh = limb(Point(-70, 0), knee, THIGH_SHAPE)
    return Drawing(
        160,
        120,
        (
            grown(
                1.4,
                76,
                18,
                *(was(*shin_and_foot(knee, knee.to(angle, SHIN), angle - 90)) for angle in (122, 58)),
                blob(BODY, thigh, *shin_and_foot(knee, Point(0, SHIN), 0), weight=CLOSE),
                *creeping,
            ),
        ),
    )


def glance_walking() -> Drawing:
    """Someone walks, and the calf hurts."""
    hip = Point(0, UP - THIGH - SHIN + 5)
    shoulder = hip.to(-86, TRUNK)
    person = (
        line((-70, FLOOR), (150, FLOOR)),
        arm(shoulder, shoulder.to(124, 70), side=-1, skin=FAR),
        leg(bent_leg(hip, Point(36, UP - 3), -14), far=True),
        leg(bent_leg(hip, Point(-34, UP - 9), 26), marked="calf"),
        trunk(shoulder, hip),
        head(shoulder, -82),
        arm(shoulder, shoulder.to(62, 70), side=-1),
    )
    return Drawing(160, 120, (grown(0.47, 64, 3, *person), arrow((104, 58), (130, 58), width=4)))


def glance_clot() -> Drawing:
    """Two lower legs: one is thicker, its skin of another colour."""
    knee, ankle = Point(0, 0), Point(0, SHIN)
    thick = tuple((share, front * 1.2 + 1, back * 1.35 + 1.5) for share, front, back in SHIN_SHAPE)
    inner = tuple((0.1 + 0.78 * share, front * 0.82, back * 0.9) for share, front, back in thick)
    thigh = limb(Point(0, -40), knee, tuple((share, front + 2, back + 3) for share, front, back in THIGH_SHAPE))
    swollen = blob(BODY, thigh, limb(knee, ankle, thick), placed(FOOT, ankle, 0), weight=CLOSE)
    colour = f'<g fill-opacity="0.6">{filled(MUSCLE, limb(knee, ankle, inner))}</g>'
    return Drawing(160, 120, (grown(1.4, 38, 22, lower_leg(knee, ankle, 0)), grown(1.4, 106, 22, swollen, colour)))


def was(*outlines: Outline) -> str:
    """Where something was before: a shape with a broken line."""
    data = "".join(smooth(outline) for outline in outlines)
    return f'<path d="{data}" fill="{FAR}" stroke-width="{number(LINE)}" stroke-dasharray="3 5" paint-order="stroke"/>'


TOES_UP = (
    (-5, -4), (-7.6, 4), (-6.5, 9.4), (0, SOLE), (8, 9.2), (16, SOLE), (20.5, 9), (24, 4), (27, -3), (25, -5.5),
    (21, -1), (16.5, 2.4), (10, -2.4), (5, -5),
)  # fmt: skip


def foot_stretch_toes() -> Drawing:
    """The foot from the side: a hand bends the toes back, so that the sole is stretched."""
    ankle = Point(0, 0)
    shin = limb(ankle.to(-94, SHIN), ankle, SHIN_SHAPE)
    sole = ((-4, 9.4), (5, 7.8), (14, 8.8), (19.5, 7.8), (22, 4), (17, 5.2), (10, 3.8), (2, 4.6))
    return Drawing(
        240,
        160,
        (
            grown(
                3.2,
                84,
                92,
                blob(BODY, shin, placed(TOES_UP, ankle, 0), weight=1.2),
                filled(MUSCLE, placed(sole, ankle, 0)),
                blob(BODY, placed(GRIP, ankle, 0), weight=1.2),
                *(line(*finger, width=1) for finger in FINGERS),
            ),
            arrow(*arc(Point(144, 100), 46, -22, -82)),
            arrow((150, 142), (112, 142)),
        ),
    )


GRIP = (
    (52, 14), (42, 10.5), (36, 10), (29, 9), (24.5, 6.5), (23, 3), (24, -0.5), (22.5, -3.5), (24, -6.5), (28, -7.5),
    (33, -5), (39, 0), (52, 4),
)  # fmt: skip
FINGERS = (((24, -0.6), (28, -1.6), (31, -1)), ((23.4, 3.4), (28, 2.6)), ((25.6, 6.8), (29.4, 6)))


def foot_stretch_press() -> Drawing:
    """The foot flat on the floor, pressed down."""
    knee, ankle = Point(0, 0), Point(0, SHIN)
    return Drawing(
        240,
        180,
        (
            grown(2.1, 96, 45, lower_leg(knee, ankle, 0)),
            line((20, 176), (220, 176)),
            arrow((150, 70), (150, 110), width=6),
        ),
    )


DRAWINGS: Mapping[str, Callable[[], Drawing]] = {
    drawing.__name__.replace("_", "-"): drawing
    for drawing in (
        calf_stretch_knee,
        calf_stretch_toes,
        calf_stretch_pull,
        calf_stretch_hold,
        calf_stretch_rub,
        calf_stretch_towel,
        standing_calf_start,
        standing_calf_back,
        standing_calf_lean,
        stand_and_hold,
        hamstring_sit,
        hamstring_reach,
        quadriceps_stand,
        quadriceps_hold,
        wall_lean_stand,
        wall_lean_lean,
        foot_stretch_sit,
        foot_stretch_toes,
        foot_stretch_press,
        leg_muscles,
        glance_cramp,
        glance_restless,
        glance_walking,
        glance_clot,
    )
}


def svg(drawing: Drawing) -> str:
    """A drawing as a file."""
    inner = "\n".join(drawing.parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width} {drawing.height}">\n'
        f'<style>@import "../css/drawing.css";</style>\n'
        f'<g fill="none" stroke="currentColor" stroke-width="{LINE}" '
        f'stroke-linecap="round" stroke-linejoin="round">\n{inner}\n</g>\n</svg>\n'
    )


def main(names: Iterable[str] = DRAWINGS) -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in names:
        (FOLDER / f"{name}.svg").write_text(svg(DRAWINGS[name]()), "utf-8")


if __name__ == "__main__":
    main()
