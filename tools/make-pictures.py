#!/usr/bin/env python3
"""Draw the pictures of the demo site: make-pictures.py OUT_DIR [name…]

Needs numpy and Pillow (10.1 or later). Without names it draws all pictures, as progressive JPEGs of 1200 × 675.
Each is built like a print: washes and flat inks on a sheet of twice the size, which is then scaled down and grained.
Every picture has its own fixed seed, so that one machine makes the same bytes each time.
"""
import io
import sys
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageFilter, ImageFont

W, H, SS = 1200, 675, 2
# Grain and JPEG quality are lowered together until the picture is small enough: (grain, quality, most bytes).
TRIALS = [(grain, 77, 43_000) for grain in (2.4, 2.0, 1.7, 1.4, 1.2, 1.0)]
TRIALS += [(0.9, 75, 45_000), (0.6, 74, 47_000), (0.0, 72, 51_000), (0.0, 69, 54_000), (0.0, 66, 58_000), (0.0, 63, 88_000)]
NIGHT, INK, BLUE, STEEL, MIST = "#0e1a2e", "#1b2f4e", "#2f5579", "#5f8399", "#b9c9c5"
PAPER, CREAM, SAND, OCHRE, AMBER = "#f5ecdb", "#ecdcb8", "#d9bf8f", "#d2963a", "#ecbc62"
RUST, BRICK, SEA, FOAM, PINE = "#b5522e", "#76352a", "#4c8b81", "#a3c6b3", "#173f45"

X = ((np.arange(W * SS) + 0.5) / SS).astype(np.float32)[None, :]
Y = ((np.arange(H * SS) + 0.5) / SS).astype(np.float32)[:, None]


# --- Primitives: numbers -------------------------------------------------------------------------------------------

def rgb(colour):
    """A colour name as three floats; an array of colours as it is."""
    return np.array(ImageColor.getrgb(colour), np.float32) / 255 if isinstance(colour, str) else colour


def mix(a, b, t):
    return "#%02x%02x%02x" % tuple((255 * (rgb(a) + (rgb(b) - rgb(a)) * t) + 0.5).astype(int))


def ramp(t, *colours):
    """The gradient through the colours at each t from 0 to 1."""
    stops, table = np.linspace(0, 1, len(colours)), np.stack([rgb(c) for c in colours])
    return np.stack([np.interp(t, stops, table[:, i]) for i in range(3)], -1).astype(np.float32)


def smooth(t, low=0.0, high=1.0):
    t = np.clip((t - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def unit(a):
    return (a - a.min()) / (a.max() - a.min())


def noise(rng, cell, octaves=4, stretch=1.0):
    """Fractal value noise over the sheet; `cell` is the height of its largest features."""
    total = np.zeros((H * SS, W * SS), np.float32)
    for octave in range(octaves):
        ch, cw = cell / 2**octave, cell * stretch / 2**octave
        lattice = Image.fromarray(rng.random((int(H / ch) + 4, int(W / cw) + 4), np.float32))
        box = (1, 1, 1 + W / cw, 1 + H / ch)
        total += np.asarray(lattice.resize((W * SS, H * SS), Image.BICUBIC, box)) / 2**octave
    return unit(total)


def profile(rng, cell, octaves=4):
    """Fractal noise along x, for ridges and edges."""
    total = np.zeros_like(X)
    for octave in range(octaves):
        at = X * 2**octave / cell
        points, i = rng.random(int(at.max()) + 2), at.astype(int)
        total += (points[i] + (points[i + 1] - points[i]) * smooth(at - i)) / 2**octave
    return unit(total)


def blurred(a, sigma):
    """A softened array, by three box blurs each way; sigma in its own pixels."""
    n = max(1, round((4 * sigma**2 + 1) ** 0.5 / 2))
    for axis in (0, 1) * 3:
        pad = [(n + 1, n) if axis == k else (0, 0) for k in (0, 1)]
        sums = np.cumsum(np.pad(a, pad, "edge"), axis, np.float64)
        sums = np.moveaxis(sums, axis, 0)
        a = np.moveaxis((sums[2 * n + 1 :] - sums[: -2 * n - 1]) / (2 * n + 1), 0, axis)
    return a.astype(np.float32)


def stipple(rng, t):
    """Turn shades into grains, dense where t is high."""
    return smooth(t - noise(rng, 1.6, 1) + 0.5, 0.35, 0.65)


def polar(cx, cy):
    return np.hypot(X - cx, Y - cy), np.arctan2(Y - cy, X - cx)


def around(cx, cy, r, angle):
    """The point at a distance and an angle (or angles) from another."""
    return cx + r * np.cos(angle), cy + r * np.sin(angle)


def rotated(points, angle, cx=0.0, cy=0.0):
    """Points turned about the origin, then moved."""
    c, s = np.cos(angle), np.sin(angle)
    return np.asarray(points) @ np.array([[c, s], [-s, c]]) + (cx, cy)


def window(x, y, rx, ry):
    """The rows and columns of the sheet about a point."""
    span = lambda centre, r: slice(max(0, int((centre - r) * SS)), max(0, int((centre + r) * SS)))
    return span(y, ry), span(x, rx)


def ellipse(cx, cy, rx, ry, start=0.0, end=2 * np.pi):
    a = np.linspace(start, end, 60)
    return np.stack([cx + rx * np.cos(a), cy + ry * np.sin(a)], 1)


# --- Primitives: drawing -------------------------------------------------------------------------------------------

class Plate:
    """A surface to draw shapes on, in the coordinates of the finished picture: a mask, or a coloured sheet."""

    def __init__(self, image=None):
        self.image = image or Image.new("L", (W * SS, H * SS))
        self.draw = ImageDraw.Draw(self.image)

    def mask(self, blur=0):
        """The plate as an array of 0 to 1."""
        return np.asarray(self.image.filter(ImageFilter.GaussianBlur(blur * SS)), np.float32) / 255

    def poly(self, points, ink=255):
        self.draw.polygon((np.asarray(points, float) * SS).ravel().tolist(), fill=ink)
        return self

    def line(self, points, width=1.0, ink=255):
        self.draw.line((np.asarray(points, float) * SS).ravel().tolist(), ink, max(1, round(width * SS)), "curve")
        return self

    def box(self, x0, y0, x1, y1, ink=255):
        return self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], ink)

    def disc(self, x, y, r, ink=255):
        self.draw.ellipse([(x - r) * SS, (y - r) * SS, (x + r) * SS, (y + r) * SS], fill=ink)
        return self

    def ring(self, x, y, r, width=1.0, ink=255, start=0, end=360):
        box = [(x - r) * SS, (y - r) * SS, (x + r) * SS, (y + r) * SS]
        self.draw.arc(box, start, end, ink, max(1, round(width * SS)))
        return self

    def lens(self, x, y, w, h, ink=255):
        """A gouge mark: a flat stroke with two pointed ends."""
        t = np.linspace(-1, 1, 13)
        edge = np.stack([t * w / 2, h / 2 * (t * t - 1)], 1)
        return self.poly(np.concatenate([edge, -edge]) + (x, y), ink)


class Sheet:
    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        self.px = np.zeros((H * SS, W * SS, 3), np.float32)

    def image(self):
        return Image.fromarray((np.clip(self.px, 0, 1) * 255 + 0.5).astype(np.uint8))

    def wash(self, t, *colours):
        """Cover the sheet with a gradient."""
        self.px[:] = ramp(t, *colours)

    def press(self, mask, colour, alpha=1.0):
        """Print one ink through a plate or an array of 0 to 1."""
        mask = mask.mask() if isinstance(mask, Plate) else np.asarray(mask, np.float32)
        self.px += (rgb(colour) - self.px) * (mask * np.float32(alpha))[..., None]

    def disc(self, x, y, r, colour):
        self.press(smooth(np.hypot(X - x, Y - y), r + 0.5, r - 0.5), colour)

    def ground(self, top, *colours):
        """Water or land: a gradient from top to the lower edge."""
        self.press(Y > top, ramp((Y - top) / (H - top), *colours))

    def shadow(self, plate, dx, dy, alpha):
        self.press(np.roll(plate.mask(), (dy * SS, dx * SS), (0, 1)), NIGHT, alpha)

    def glow(self, mask, colour):
        """Add light."""
        self.px = 1 - (1 - self.px) * (1 - np.clip(mask, 0, 1).astype(np.float32)[..., None] * rgb(colour))

    @contextmanager
    def pen(self):
        """Draw in colours straight on the sheet."""
        plate = Plate(self.image())
        yield plate
        self.px = np.asarray(plate.image, np.float32) / 255

    def blur(self, radius):
        self.px = np.asarray(self.image().filter(ImageFilter.GaussianBlur(radius * SS)), np.float32) / 255

    def reflect(self, y, tint, alpha, wobble=7.0):
        """Mirror what is above y in still water."""
        rows = np.arange(y * SS, H * SS)
        depth = np.broadcast_to((Y[rows] - y) / (H - y), (len(rows), W * SS))
        shift = (noise(self.rng, 9, 2, 9)[rows] - 0.5) * wobble * SS * (0.5 + 3 * depth)
        columns = np.clip(np.arange(W * SS)[None, :] + shift, 0, W * SS - 1).astype(int)
        source = np.clip(2 * y * SS - rows[:, None] - 1 + shift * 0.8, 0, y * SS - 1).astype(int)
        self.px[rows] = self.px[source, columns] * (1 - alpha) + rgb(tint) * alpha

    def finish(self):
        """Scale down; the result is the print and the grain of its paper, to be added in the strength that is wanted."""
        image = self.image().filter(ImageFilter.GaussianBlur(1.3)).resize((W, H), Image.BOX)
        tooth = blurred(self.rng.normal(0, 1, (H, W)), 0.7)
        uneven = noise(self.rng, 240, 3)[::SS, ::SS] - 0.5
        return np.asarray(image, np.float32) + 7 * uneven[..., None], tooth[..., None] / tooth.std()


# --- Shared motifs -------------------------------------------------------------------------------------------------

def stars(s, n, bottom, inks=(PAPER, AMBER, MIST)):
    with s.pen() as p:
        for x, y, size in s.rng.random((n, 3)):
            p.disc(x * W, y**1.2 * bottom, 0.5 + 1.6 * size**7, inks[s.rng.integers(len(inks))])


def ripples(rng, top, n, centre=None, spread=60.0, bottom=H):
    """A plate of gouge marks that grow towards the viewer, all over or about a path of light."""
    plate = Plate()
    for depth in np.sort(rng.random(n)) ** 1.5:
        x = rng.random() * W if centre is None else centre + rng.normal() * spread * (0.35 + depth)
        plate.lens(x, top + depth * (bottom - top), (12 + 120 * depth) * (0.5 + rng.random()), 1.3 + 5 * depth)
    return plate


def hills(s, top, height, cell, colour, octaves=4):
    edge = top - height * profile(s.rng, cell, octaves)
    s.press(Y > edge, colour)
    return edge[0]


def gulls(p, rng, n, box, ink, size=12):
    for x, y, r in zip(rng.uniform(box[0], box[2], n), rng.uniform(box[1], box[3], n), rng.uniform(0.5, 1, n) * size):
        t = np.linspace(-1, 1, 15)
        p.line(np.stack([x + r * t, y - r * 0.55 * np.abs(np.sin(t * 2.4)) + r * 0.2 * t], 1), 1.6, ink)


def skyline(p, rng, base, low, high, ink, lit=None, glass=AMBER, width=(46, 96), tint=0.0):
    """A row of houses with flat roofs, gables and chimneys; `lit` is the share of bright windows."""
    x = -20.0
    while x < W:
        w, top = rng.uniform(*width), base - rng.uniform(low, high)
        tone, share = mix(ink, STEEL, rng.random() * tint), rng.random() * 2
        p.box(x, top, x + w + 1, base, tone)
        if rng.random() < 0.45:
            p.poly([(x - 2, top + 1), (x + w / 2, top - w * 0.38), (x + w + 2, top + 1)], tone)
        else:
            p.box(x + w * 0.15, top - 16, x + w * 0.15 + 9, top, tone)
            p.line([(x + w * 0.7, top), (x + w * 0.7, top - 26)], 1.5, tone)
        columns, dark = int(w // 17), mix(tone, NIGHT, 0.4) if tint > 0.2 else mix(tone, STEEL, 0.16)
        for row in np.arange(top + 14, base - 14, 25) if lit is not None else ():
            for column in range(columns):
                left = x + (w - columns * 17) / 2 + column * 17 + 4
                p.box(left, row, left + 9, row + 14, glass if rng.random() < lit * share else dark)
        x += w


# --- The pictures --------------------------------------------------------------------------------------------------

def sea_dusk(s):
    s.wash(Y / 400, INK, BLUE, mix(RUST, STEEL, 0.45), RUST, mix(OCHRE, AMBER, 0.4), AMBER)
    s.glow(0.4 * np.exp(-polar(790, 398)[0] / 150), OCHRE)
    s.disc(790, 398, 82, PAPER)
    bands = noise(s.rng, 34, 4, 12) * smooth(Y, 60, 150) * smooth(Y, 385, 300)
    s.press(smooth(bands, 0.56, 0.60), BRICK, 0.55)
    s.press(smooth(bands, 0.66, 0.69), INK, 0.55)
    s.ground(400, mix(RUST, INK, 0.55), INK, NIGHT)
    s.press(ripples(s.rng, 402, 420), mix(INK, RUST, 0.45), 0.5)
    s.press(ripples(s.rng, 401, 330, 790, 70), AMBER, 0.85)
    s.press(ripples(s.rng, 401, 130, 790, 30), PAPER, 0.9)


def lighthouse(s):
    s.wash(Y / 560, NIGHT, INK, BLUE, STEEL)
    stars(s, 170, 420)
    dx, dy = 868 - X, Y - 176
    beam = smooth(0.13 - np.abs(dy / np.maximum(dx, 1) - 0.05), 0, 0.02) * (dx > 0) * np.exp(-dx / 900)
    beam += smooth(0.13 - np.abs(-dy / np.minimum(dx, -1) - 0.05), 0, 0.02) * (dx < 0) * np.exp(dx / 380)
    s.press(beam, CREAM, 0.72)
    s.glow(0.8 * np.exp(-polar(868, 176)[0] / 42), AMBER)
    s.ground(520, BLUE, INK, NIGHT)
    s.press(ripples(s.rng, 524, 260), STEEL, 0.55)
    s.press(ripples(s.rng, 524, 90, 330, 190), CREAM, 0.7)
    rock = 700 - 205 * smooth(X, 540, 860) + 70 * smooth(X, 980, 1240) - 40 * profile(s.rng, 60)
    s.press(Y > rock + 30, NIGHT)
    half = 27 + (Y - 222) * 0.078
    tower = (np.abs(X - 868) < half) & (Y > 222) & (Y < 560)
    s.press(tower, ramp((X - 868) / half / 2 + 0.5, PAPER, PAPER, MIST, STEEL))
    s.press(tower & (((Y - 222) // 56).astype(int) % 2 == 1), ramp((X - 868) / half / 2 + 0.5, RUST, RUST, BRICK, NIGHT))
    with s.pen() as p:
        p.box(825, 214, 911, 224, NIGHT).box(846, 150, 890, 214, AMBER).box(858, 150, 878, 214, PAPER)
        for x in (846, 861, 875, 890):
            p.line([(x, 150), (x, 214)], 2.4, NIGHT)
        for x in range(827, 912, 12):
            p.line([(x, 196), (x, 216)], 1.5, NIGHT)
        p.line([(826, 196), (910, 196)], 2, NIGHT).poly(ellipse(868, 151, 29, 30, np.pi, 2 * np.pi), RUST)
        p.disc(868, 118, 5, RUST).line([(868, 118), (868, 98)], 2, NIGHT)
        p.box(862, 300, 873, 322, INK).box(861, 412, 874, 436, INK)
        p.poly([(960, 532), (960, 482), (1000, 452), (1066, 452), (1092, 482), (1092, 545)], MIST)
        p.poly([(952, 486), (996, 448), (1070, 448), (1100, 486)], BRICK).box(984, 500, 1000, 520, AMBER)
        p.box(1040, 500, 1056, 520, INK)
        p.box(1052, 432, 1064, 456, BRICK)
    s.press(Y > rock + 46, NIGHT)


def boat(p, x, y, k, ink):
    """A fishing boat on its waterline."""
    p.poly(np.array([(-70, -26), (-52, 0), (52, 0), (78, -38), (40, -24)]) * k + (x, y), ink)
    p.box(x - 44 * k, y - 58 * k, x - 12 * k, y - 20 * k, ink)
    p.line([(x + 14 * k, y - 20 * k), (x + 14 * k, y - 150 * k)], 3.4 * k, ink)
    p.line([(x + 14 * k, y - 140 * k), (x + 76 * k, y - 36 * k)], 1.2, ink)
    p.line([(x + 14 * k, y - 140 * k), (x - 66 * k, y - 26 * k)], 1.2, ink)
    p.line([(x + 14 * k, y - 50 * k), (x - 46 * k, y - 92 * k)], 2.4 * k, ink)


def fog_harbour(s):
    s.wash(Y / 480, mix(MIST, STEEL, 0.3), MIST, PAPER)
    s.disc(820, 190, 63, PAPER)
    hills(s, 395, 120, 420, mix(MIST, SEA, 0.22))
    s.press(smooth(Y, 250, 390), PAPER, 0.55)
    with s.pen() as p:
        skyline(p, s.rng, 400, 40, 95, mix(MIST, SEA, 0.48), None, width=(60, 120))
        p.poly([(905, 400), (915, 215), (937, 215), (947, 400)], mix(MIST, SEA, 0.5)).box(908, 196, 944, 216, mix(MIST, SEA, 0.5))
        p.poly([(906, 197), (926, 172), (946, 197)], mix(MIST, SEA, 0.5))
    s.press(smooth(Y, 300, 405), PAPER, 0.6)
    with s.pen() as p:
        for x, y, k, t in ((705, 427, 0.42, 0.42), (560, 428, 0.62, 0.6), (300, 428, 1.15, 0.95)):
            boat(p, x, y, k, mix(MIST, PINE, t))
    s.reflect(428, PAPER, 0.3, 5)
    s.press(np.exp(-((Y - 430) / 38) ** 2) * noise(s.rng, 60, 3, 6), PAPER, 0.75)
    s.press(ripples(s.rng, 440, 170), PAPER, 0.5)
    with s.pen() as p:
        for x, top, w in ((1005, 410, 34), (1072, 440, 38), (1150, 380, 44)):
            p.box(x, top, x + w, H, PINE).poly(ellipse(x + w / 2, top, w / 2, 7), mix(PINE, SEA, 0.5))
            p.box(x - 2, top + 60, x + w + 2, top + 76, RUST)
        gulls(p, s.rng, 6, (420, 90, 760, 220), PINE)


def star_trails(s):
    s.wash(Y / 640, NIGHT, INK, BLUE, mix(STEEL, OCHRE, 0.45))
    cx, cy, inks = 470, 250, (PAPER, PAPER, AMBER, MIST, STEEL)
    with s.pen() as p:
        for radius, turn, bright, width in s.rng.random((440, 4)):
            bright, start = 0.3 + 0.7 * bright**2, turn * 360
            ink = mix(BLUE, inks[s.rng.integers(len(inks))], bright)
            p.ring(cx, cy, 4 + 960 * radius**0.5, 0.9 + 1.3 * bright * width, ink, start, start + 42)
        p.disc(cx, cy, 2.4, PAPER)
    hills(s, 600, 70, 380, PINE)
    base = hills(s, 665, 60, 300, NIGHT, 5)[922 * SS] + 14
    with s.pen() as p:
        p.poly([(868, base), (868, base - 68), (922, base - 110), (976, base - 68), (976, base)], NIGHT)
        p.box(948, base - 108, 960, base - 80, NIGHT).box(890, base - 52, 910, base - 30, AMBER)
        pines(p, s.rng, ((150, 655, 215), (205, 660, 160), (96, 662, 150), (1085, 665, 175)), NIGHT)


def pines(p, rng, trees, ink):
    for x, y, height in trees:
        p.box(x - height * 0.015, y - height, x + height * 0.015, y + 6, ink)
        for t in np.linspace(0.04, 0.92, 13):
            w, top = height * 0.21 * t * rng.uniform(0.85, 1.15), y - height * (1 - t)
            p.poly([(x, top - height * 0.08), (x + w, top + height * 0.045), (x, top + 2), (x - w, top + height * 0.045)], ink)


def moon_water(s):
    s.wash(Y / 430, NIGHT, PINE, mix(SEA, PINE, 0.35), mix(SEA, CREAM, 0.35))
    r, _ = polar(600, 222)
    s.glow(0.42 * np.exp(-np.maximum(r - 112, 0) / 120), FOAM)
    s.disc(600, 222, 112, CREAM)
    maria = smooth(noise(s.rng, 58, 3), 0.46, 0.62) * (r < 111)
    s.press(stipple(s.rng, maria * 0.62 + 0.10 * (r < 111)), mix(SEA, CREAM, 0.45), 0.6)
    s.press(smooth(noise(s.rng, 30, 4, 14), 0.62, 0.66) * smooth(Y, 230, 330), PINE, 0.55)
    s.press(Y > 432 - (70 + 40 * profile(s.rng, 150)) * smooth(X, 440, 60), mix(PINE, SEA, 0.25))
    s.press(Y > 432 - (90 + 60 * profile(s.rng, 130)) * smooth(X, 800, 1180), PINE)
    s.ground(430, mix(PINE, SEA, 0.5), PINE, NIGHT)
    s.press(ripples(s.rng, 432, 380), mix(SEA, PINE, 0.35), 0.5)
    s.press(ripples(s.rng, 431, 330, 600, 62), CREAM, 0.9)
    with s.pen() as p:
        p.poly([(250, 520), (262, 532), (330, 532), (346, 516), (300, 521)], NIGHT).line([(296, 522), (296, 424)], 2.5, NIGHT)
        p.poly([(293, 430), (293, 512), (262, 512)], NIGHT).poly([(300, 434), (300, 512), (340, 508)], NIGHT)


def puffs(rng, cx, base, width, height, n):
    """The discs of a heaped cloud, each (x, y, radius)."""
    u, v = rng.uniform(-1, 1, n), rng.random(n) ** 0.8
    towers = sum(h * np.exp(-((u - at) / w) ** 2) for h, at, w in ((0.95, 0.12, 0.30), (0.62, -0.38, 0.20), (0.40, 0.62, 0.16)))
    radius = width * (0.07 + 0.1 * rng.random(n)) * (1 - 0.4 * v) * (1 - 0.6 * np.abs(u) ** 3)
    return np.stack([cx + u * width * 0.95, base + 6 - v * height * np.minimum(towers + 0.08, 1), radius], 1)


def cumulus(s):
    s.wash(Y / 600, BLUE, STEEL, mix(MIST, STEEL, 0.3), CREAM)
    clouds = (235, 505, 150, 70, 150), (1105, 490, 130, 60, 150), (560, 545, 110, 28, 120), (680, 448, 400, 300, 420)
    for cx, base, width, height, n in clouds:
        relief = np.zeros((H * SS, W * SS), np.float32)
        for x, y, r in puffs(s.rng, cx, base, width, height, n):
            rows, columns = window(x, y, r, r)
            bump = r * r - (X[:, columns] - x) ** 2 - (Y[rows] - y) ** 2
            relief[rows, columns] = np.maximum(relief[rows, columns], np.sqrt(np.maximum(bump, 0)) + 0.25 * r * (bump > 0))
        floor = base - 8 * profile(s.rng, 50)
        body = (relief > 0) * smooth(Y - floor, 16, -4)
        gy, gx = np.gradient(blurred(relief, 5) + 5 * noise(s.rng, 24, 3))
        shade = 0.62 - 0.5 * gy - 0.42 * gx - 0.9 * smooth(Y, base - height * 0.75, base + 20) + 0.28
        shade += 0.16 * (noise(s.rng, 1.6, 1) - 0.5)
        s.press(body, ramp(np.clip(shade * 1.1, 0, 1), STEEL, mix(STEEL, MIST, 0.5), MIST, CREAM, PAPER, PAPER))
    hills(s, 612, 30, 400, mix(SEA, MIST, 0.3), 3)
    hills(s, 640, 34, 300, SEA, 3)
    hills(s, 672, 36, 420, PINE, 3)


def tram_rails(s):
    vx, horizon = 560, 285
    s.wash(Y / horizon, mix(OCHRE, RUST, 0.35), AMBER, PAPER)
    s.disc(vx + 10, 262, 47, PAPER)
    d = np.maximum((Y - horizon) / (H - horizon), 1e-3)
    row, across = 6.5 / d, (X - vx) / d / 600
    u = across * 8 + 0.5 * (row.astype(int) % 2)
    tone = s.rng.random((64, 64), np.float32)[row.astype(int) % 64, np.floor(u).astype(int) % 64]
    joint = np.maximum(smooth(np.abs(u % 1 - 0.5), 0.40, 0.48), smooth(np.abs(row % 1 - 0.5), 0.36, 0.48))
    near = smooth(d, 0.1, 0.55)
    street = ramp(0.35 + 0.4 * d + (tone - 0.5) * 0.26 * near, AMBER, mix(STEEL, RUST, 0.3), BLUE, INK)
    s.press(Y > horizon, street)
    s.press((Y > horizon) * joint * near, NIGHT, 0.45)
    for centre in (-0.42, 0.42):
        for rail in (centre - 0.2, centre + 0.2):
            s.press((np.abs(across - rail) < 0.026) & (Y > horizon), NIGHT)
            s.press((np.abs(across - rail + 0.004) < 0.014) & (Y > horizon), ramp(d, PAPER, AMBER, CREAM))
    with s.pen() as p:
        houses(p, s.rng, vx, horizon)
        tram(p, vx + 0.42 * 600 * 0.2, horizon + 0.2 * (H - horizon), 1)
        for side in (-1, 1):
            p.line([(vx + side * 4, horizon - 20), (vx + side * 260, -10)], 1.6, NIGHT)
        for z in (1.3, 1.9, 3, 5, 9):
            p.line([(vx - 760 / z, horizon - 330 / z), (vx, horizon - 285 / z), (vx + 760 / z, horizon - 330 / z)], 1.3, NIGHT)


def houses(p, rng, vx, horizon):
    """Both sides of a street in perspective."""
    depths = [14, 9, 6.4, 4.8, 3.7, 2.9, 2.3, 1.8, 1.4, 1.05, 0.75]
    for far, near in zip(depths, depths[1:]):
        for side in (-1, 1):
            ink, height = mix(INK, mix(AMBER, RUST, 0.5), min(0.7, far / 13)), rng.uniform(330, 560)
            corner = lambda z, y: (vx + side * 780 / z, horizon - y / z)
            wall = lambda a, b, low, high, ink: p.poly([corner(a, low), corner(a, high), corner(b, high), corner(b, low)], ink)
            wall(far, near, -390, height, ink)
            wall(far, near, height, height + 26, mix(ink, NIGHT, 0.4))
            wall(far, near, -250, -236, mix(ink, AMBER, 0.25))
            for level in np.arange(-180, height - 90, 108):
                for t in (0.12, 0.42, 0.72):
                    a, b = far + (near - far) * t, far + (near - far) * (t + 0.17)
                    wall(a, b, level, level + 62, AMBER if rng.random() < 0.3 else mix(ink, NIGHT, 0.5))


def tram(p, x, y, k):
    """A tram from the front, k the scale of a car 56 wide."""
    box = lambda x0, y0, x1, y1, ink: p.box(x + x0 * k, y + y0 * k, x + x1 * k, y + y1 * k, ink)
    p.poly(np.array([(-28, -6), (-28, -60), (-22, -76), (22, -76), (28, -60), (28, -6)]) * k + (x, y), RUST)
    box(-24, -59, 24, -32, NIGHT)
    box(-21, -56, -2, -35, CREAM)
    box(2, -56, 21, -35, CREAM)
    box(-28, -27, 28, -23, CREAM)
    box(-22, -6, 22, 0, NIGHT)
    box(-13, -72, 13, -64, PAPER)
    p.disc(x, y - 15 * k, 5 * k, PAPER)
    p.line(np.array([(-10, -76), (0, -92), (10, -76)]) * k + (x, y), 1.5, NIGHT)
    p.line(np.array([(-13, -93), (13, -93)]) * k + (x, y), 2, NIGHT)


def bridge_arc(s):
    s.wash(Y / 420, mix(RUST, AMBER, 0.55), AMBER, CREAM, PAPER)
    s.disc(310, 250, 71, mix(RUST, OCHRE, 0.3))
    hills(s, 418, 120, 330, mix(AMBER, STEEL, 0.55), 3)
    with s.pen() as p:
        skyline(p, s.rng, 425, 30, 80, mix(STEEL, SAND, 0.25), None, width=(30, 64))
    s.press(smooth(Y, 330, 425), CREAM, 0.35)
    deck = 268 + 70 * ((X - 600) / 600) ** 2
    stone = (Y > deck) & (Y < 425)
    spans = ((110, 108, 92), (350, 112, 106), (600, 116, 116), (850, 112, 106), (1090, 108, 92))
    for x, rx, ry in spans:
        stone &= ((X - x) / rx) ** 2 + ((Y - 425) / ry) ** 2 > 1
    s.press(stone, ramp((Y - deck) / 170, BLUE, INK))
    for x, rx, ry in spans:
        rim = np.hypot((X - x) / rx, (Y - 425) / ry)
        voussoir = np.abs((np.arctan2((Y - 425) / ry, (X - x) / rx) * 11 / np.pi) % 1 - 0.5) < 0.44
        s.press(stone & (rim < 1.13) & voussoir, mix(STEEL, BLUE, 0.4))
        s.press((rim < 1) & (np.hypot((X - x + 15) / rx, (Y - 430) / ry) > 1) & (Y < 425), NIGHT)
    s.press((Y > deck - 12) & (Y < deck - 2), INK)
    s.press((Y > deck + 8) & (Y < deck + 12), MIST, 0.5)
    with s.pen() as p:
        for x in (230, 475, 725, 970):
            top = 256 + 70 * ((x - 600) / 600) ** 2
            p.poly([(x - 22, 425), (x - 12, 340), (x + 12, 340), (x + 22, 425)], NIGHT)
            p.line([(x, top), (x, top - 44)], 2.6, NIGHT).disc(x, top - 48, 6, PAPER)
    s.reflect(425, INK, 0.25, 6)
    s.press(smooth(Y, 423, 425) * smooth(Y, 431, 428), PAPER, 0.4)
    s.press(ripples(s.rng, 432, 150), CREAM, 0.4)


def city_night(s):
    s.wash(Y / 520, NIGHT, INK, BLUE, mix(STEEL, RUST, 0.35))
    stars(s, 90, 260)
    s.press(Plate().disc(905, 120, 45).disc(884, 112, 44, 0), CREAM)
    with s.pen() as p:
        skyline(p, s.rng, 540, 190, 330, mix(BLUE, STEEL, 0.25), 0.08, mix(AMBER, STEEL, 0.4), (40, 80), 0.25)
        skyline(p, s.rng, 600, 150, 330, mix(INK, BLUE, 0.5), 0.2, OCHRE, (64, 124), 0.3)
        skyline(p, s.rng, H + 20, 110, 270, NIGHT, 0.34, AMBER, (90, 170), 0.14)
        p.box(586, 590, 595, 604, RUST)
    s.glow(0.16 * smooth(Y, 300, 675), RUST)


def market_awnings(s):
    s.wash(Y / H, mix(CREAM, SAND, 0.3), CREAM, SAND)
    rng = s.rng
    with s.pen() as p:
        for x in range(40, 1200, 190):
            p.box(x, 26, x + 92, 170, mix(SAND, STEEL, 0.55)).box(x - 34, 26, x - 3, 170, SEA).box(x + 95, 26, x + 126, 170, SEA)
            for y in range(44, 166, 24):
                p.line([(x - 31, y), (x - 6, y)], 2, PINE).line([(x + 98, y), (x + 123, y)], 2, PINE)
            p.line([(x + 46, 26), (x + 46, 170)], 3, CREAM).line([(x, 96), (x + 92, 96)], 3, CREAM)
            p.box(x - 8, 170, x + 100, 179, PAPER)
        p.box(0, 330, W, 606, INK).box(0, 602, W, H, mix(SAND, STEEL, 0.4)).box(0, 602, W, 614, STEEL)
        for left, ink in ((-60, RUST), (352, OCHRE), (764, SEA), (1176, RUST)):
            awning(p, left, ink)
            vendor(p, left + 258 + rng.uniform(-12, 12), ink)
            for post in (left + 14, left + 384):
                p.box(post, 372, post + 8, 640, NIGHT)
            p.box(left + 27, 488, left + 373, 606, NIGHT)
            stall(p, rng, left + 29)
        for lamp in (82, 494, 906):
            p.line([(lamp, 390), (lamp, 420)], 1.5, AMBER)
            p.poly([(lamp - 4, 416), (lamp + 4, 416), (lamp + 16, 430), (lamp - 16, 430)], STEEL).disc(lamp, 432, 6, PAPER)
    s.press((Y > 614) * (np.abs(((Y - 614) / 20.4) % 1 - 0.5) > 0.45), STEEL, 0.6)
    for lamp in (82, 494, 906):
        s.glow(0.4 * np.exp(-polar(lamp, 440)[0] / 60) * (Y > 392), AMBER)


def awning(p, left, ink, n=10, w=398):
    for i in range(n):
        a, b = left + i * w / n, left + (i + 1) * w / n
        top_a, top_b = left + 34 + i * (w - 68) / n, left + 34 + (i + 1) * (w - 68) / n
        colour = PAPER if i % 2 else ink
        p.poly([(top_a, 216), (top_b, 216), (b, 362), (a, 362)], colour)
        p.poly(ellipse((a + b) / 2, 378, (b - a) / 2, 24, 0, np.pi), mix(colour, NIGHT, 0.18))
        p.box(a, 362, b, 378, mix(colour, NIGHT, 0.18))
    p.box(left + 30, 208, left + w - 30, 218, NIGHT)


def stall(p, rng, left):
    for row, y in enumerate((494, 562)):
        for i in range(3):
            x, fruit = left + i * 117, (RUST, AMBER, SEA, BRICK, OCHRE, FOAM)[rng.integers(6)]
            for level in (2, 1, 0):
                for k in range(5 - level):
                    fx, fy = x + 16 + 18 * k + 9 * level, y - 4 - 14 * level
                    p.disc(fx, fy, 12, mix(fruit, NIGHT, 0.3)).disc(fx - 1.5, fy - 2, 10, mix(fruit, PAPER, 0.15 * rng.random()))
            wood = mix(SAND, BRICK, 0.28 + 0.14 * row)
            p.box(x, y, x + 108, y + 50, wood).box(x, y + 15, x + 108, y + 18, BRICK).box(x, y + 32, x + 108, y + 35, BRICK)


def vendor(p, x, apron):
    p.poly([(x - 36, 560), (x - 35, 458), (x - 20, 442), (x + 20, 442), (x + 35, 458), (x + 36, 560)], PAPER)
    p.disc(x, 422, 18, mix(SAND, BRICK, 0.35))
    p.poly(ellipse(x, 416, 19, 17, np.pi, 2 * np.pi), BRICK).box(x - 26, 413, x + 19, 418, BRICK)
    p.poly([(x - 20, 462), (x + 20, 462), (x + 26, 560), (x - 26, 560)], apron)


def woodgrain(s):
    def board(v, along, knots, *inks):
        drift = 46 * noise(s.rng, 260, 3) + 2.2 * noise(s.rng, 20, 1)
        for a, c, size in knots:
            bump = np.exp(-(((along - a) / (size * 3.2)) ** 2))
            drift = drift + np.sign(v - c) * size * bump * np.exp(-np.abs(v - c) / (size * 3))
            knot = np.hypot((along - a) / 1.35, v - c) + 3 * noise(s.rng, 26, 2)
            v = np.where(knot < size, c + 300 + knot * 1.6, v)
        rings = (v - drift) / 31
        shade = smooth(rings % 1) ** 2 * 0.62 + 0.3 * noise(s.rng, 180, 2)
        fibre = noise(s.rng, 3, 2, 26) if inks[0] == CREAM else noise(s.rng, 60, 2, 0.04)
        return ramp(shade + 0.04 * fibre, *inks)

    s.press(np.ones((1, 1)), board(Y, X, ((300, 238, 26), (470, 560, 17)), CREAM, SAND, OCHRE, mix(OCHRE, RUST, 0.6)))
    dark = board(X * 0.8, Y, (), mix(RUST, OCHRE, 0.3), RUST, BRICK, NIGHT)
    phase = (Y / 168.75) % 1
    tail = np.abs(phase - 0.5) < 0.20 + 0.10 * smooth(X, 640, 840)
    joint = (X > 640) & ~(tail & (X < 840))
    s.press(joint, dark)
    s.press(~joint * blurred(joint, 5) * 2, NIGHT, 0.45)
    s.press(1 - smooth(np.abs(blurred(joint, 1.5) - 0.5), 0.2, 0.45), NIGHT, 0.9)


def marbled_paper(s):
    warp = noise(s.rng, 330, 3) - 0.5
    swirl = noise(s.rng, 210, 2) - 0.5
    x, y = X + 260 * warp, Y + 210 * swirl
    comb = 92 * np.abs(np.sin(np.pi * x / 200)) ** 0.7
    level = (y + comb) / 48 + 0.9 * noise(s.rng, 80, 2)
    inks = np.stack([rgb(c) for c in (NIGHT, INK, BLUE, mix(SEA, BLUE, 0.5), SEA, FOAM, PAPER, OCHRE, RUST, BRICK)])
    widths = np.cumsum([0.10, 0.20, 0.15, 0.14, 0.10, 0.05, 0.05, 0.07, 0.08, 0.06])
    s.px[:] = inks[np.searchsorted(widths[:-1], (level / 4) % 1)]
    s.press(smooth(noise(s.rng, 30, 1), 0.92, 0.93), PAPER)


def woven_cloth(s):
    pitch = 37.5
    i, j = (X // pitch).astype(int), (Y // pitch).astype(int)
    k = (i + Y / pitch) % 4
    over = k < 2
    along = np.where(over, k / 2, ((j + X / pitch + 2) % 4) / 2)
    across = np.where(over, (X / pitch) % 1, (Y / pitch) % 1)
    thread = np.array([0] * 7 + [1] * 2 + [0] * 2 + [1] * 2 + [2] * 8 + [3] + [2] * 8, int)
    inks = np.stack([rgb(c) for c in (INK, CREAM, SEA, RUST)])
    colour = inks[np.where(over, thread[(i + 4) % len(thread)], thread[(j + 1) % len(thread)])]
    twist = np.sin((along * 2 * pitch + across * 14) * 0.7) * 0.035
    round_ = np.sqrt(np.clip(1 - (2 * across - 1) ** 2, 0, 1)) * (0.45 + 0.55 * np.sin(np.pi * np.clip(along, 0, 1)) ** 0.7)
    light = 0.34 + 0.72 * round_ + twist - 0.22 * smooth(noise(s.rng, 420, 2), 0.45, 0.8)
    s.px[:] = np.clip(colour * light[..., None] + 0.05 * (round_[..., None] - 0.4), 0, 1)


def gear(p, x, y, teeth, module, phase, spokes):
    pitch = 2 * np.pi / teeth
    angles = phase + pitch * (np.arange(teeth)[:, None] + np.array([-0.34, -0.25, -0.12, 0.12, 0.25, 0.34]))
    radii = module * (teeth / 2 + np.array([-1.2, 0, 0.95, 0.95, 0, -1.2]))
    p.poly(np.stack(around(x, y, radii, angles), -1).reshape(-1, 2))
    inner, hub = module * (teeth / 2 - 3.2), module * teeth * 0.115 + 5
    for spoke in range(spokes):
        a0, a1 = phase + 2 * np.pi * spoke / spokes, phase + 2 * np.pi * (spoke + 1) / spokes
        gap_out, gap_in = 0.055 * 130 / inner, min(0.5, 9 / hub)
        outer_arc, inner_arc = np.linspace(a0 + gap_out, a1 - gap_out, 24), np.linspace(a1 - gap_in, a0 + gap_in, 12)
        p.poly(np.concatenate([np.stack(around(x, y, inner, outer_arc), 1), np.stack(around(x, y, hub, inner_arc), 1)]), 0)
    return p.disc(x, y, 5, 0)


def clockwork(s):
    stripes = ((X * 0.8 + Y * 0.6) / 70) % 1
    s.wash(0.25 + 0.55 * np.abs(stripes - 0.35), NIGHT, INK, BLUE)
    module, at, phase, before = 11.5, (215, 425), 0.1, 0
    train = (
        (44, None, 6, OCHRE), (15, -0.75, 0, CREAM), (36, 0.42, 5, RUST),
        (14, -0.95, 0, CREAM), (40, 0.55, 6, SEA), (18, 2.1, 4, AMBER),
    )
    for teeth, angle, spokes, ink in train:
        if angle is not None:
            reach = module * (before + teeth) / 2
            contact = (angle - phase) * before / (2 * np.pi)
            at, phase = around(*at, reach, angle), angle + np.pi - (0.5 - contact) * 2 * np.pi / teeth
        before = teeth
        plate = gear(Plate(), *at, teeth, module, phase, spokes)
        s.shadow(plate, 5, 7, 0.55)
        r, a = polar(*at)
        s.press(plate, ramp(0.5 + 0.38 * np.cos(2 * a + 1), mix(ink, NIGHT, 0.42), ink, mix(ink, PAPER, 0.45)))
        with s.pen() as p:
            p.ring(*at, module * (teeth / 2 - 2), 1.4, mix(ink, NIGHT, 0.55)).disc(*at, 11, mix(ink, NIGHT, 0.6))
            p.disc(*at, 8.5, RUST if ink != RUST else CREAM).disc(at[0] - 2, at[1] - 2, 2.6, PAPER)
    with s.pen() as p:
        for x, y in ((52, 52), (545, 612), (1150, 625)):
            p.disc(x + 3, y + 4, 22, NIGHT).disc(x, y, 21, STEEL).disc(x, y, 17, MIST)
            p.line(rotated([(-16, 0), (16, 0)], x, x, y), 5, INK)


def contour_map(s):
    hill = np.exp(-polar(730, 330)[0] ** 2 / 50000)
    z = unit(0.62 * noise(s.rng, 460, 2) + 0.22 * noise(s.rng, 250, 2) + 0.45 * hill)
    gy, gx = np.gradient(z)
    slope = np.hypot(gx, gy) * SS
    sea, bands = 0.34, 17
    tint = np.floor(z * bands) / bands
    s.px[:] = ramp((tint - sea) / (1 - sea), mix(FOAM, CREAM, 0.5), CREAM, SAND, mix(AMBER, SAND, 0.3), mix(RUST, SAND, 0.3))
    s.press(np.clip(-(gx + gy) * 260, -1, 1).clip(0) * (z > sea), BRICK, 0.35)
    s.press(z < sea, ramp(tint / sea, BLUE, STEEL, SEA, FOAM))
    for level in range(1, bands):
        distance = np.abs(z - level / bands) / np.maximum(slope, 1e-6)
        width = 1.6 if level % 4 == 0 else 0.8
        s.press(smooth(distance, width + 0.5, width), BRICK if level / bands > sea else INK, 0.85 if level % 4 == 0 else 0.5)
    s.press(smooth(np.abs(z - sea) / np.maximum(slope, 1e-6), 2.4, 1.9), INK)
    top = np.unravel_index(np.argmax(z), z.shape)
    with s.pen() as p:
        for x in range(150, W, 300):
            p.line([(x, 0), (x, H)], 0.5, STEEL)
        for y in range(75, H, 262):
            p.line([(0, y), (W, y)], 0.5, STEEL)
        p.poly(rotated([(0, -11), (10, 7), (-10, 7)], 0, top[1] / SS, top[0] / SS), NIGHT)


def compass_rose(s):
    s.wash(noise(s.rng, 220, 3), mix(CREAM, SAND, 0.55), CREAM, PAPER)
    cx, cy = 600, 338
    plate = Plate()
    for node in [(cx, cy)] + [around(cx, cy, 560, k * np.pi / 8) for k in range(16)]:
        for k in range(8):
            plate.line([node, around(*node, 1500, k * np.pi / 4)], 0.9)
    s.press(plate, RUST, 0.42)
    with s.pen() as p:
        p.disc(cx, cy, 300, CREAM)
        for r, w in ((300, 3), (292, 1), (262, 1), (256, 2.4)):
            p.ring(cx, cy, r, w, INK)
        for k in range(120):
            a, long = k * np.pi / 60, k % 5 == 0
            p.line([around(cx, cy, 263, a), around(cx, cy, 284 if long else 274, a)], 1.6 if long else 0.9, INK)
        for k in range(0, 72, 2):
            p.line(np.stack(around(cx, cy, 288, np.linspace(k, k + 1, 6) * np.pi / 36), 1), 5, RUST)
        for points, first, length, waist, light, dark in (
            (16, np.pi / 16, 170, 0.16, CREAM, SEA), (8, np.pi / 8, 205, 0.2, PAPER, OCHRE),
            (4, np.pi / 4, 238, 0.22, PAPER, RUST), (4, 0, 316, 0.24, PAPER, INK),
        ):
            for a in first - np.pi / 2 + np.arange(points) * 2 * np.pi / points:
                tip = around(cx, cy, length, a)
                for side, ink in ((-1, light), (1, dark)):
                    shoulder = around(cx, cy, length * waist, a + side * np.pi / points)
                    p.poly([tip, shoulder, (cx, cy)], ink).line([(cx, cy), tip, shoulder], 1.1, INK)
        p.disc(cx, cy, 21, INK).disc(cx, cy, 17, PAPER).disc(cx, cy, 9, RUST)


def tide_curve(s):
    s.wash(Y / H, PAPER, PAPER, CREAM)
    day = X[0] / 100 - 0.6

    def height(t):
        """The semidiurnal tides of moon and sun, in step at springs, and a little of the diurnal."""
        wave = lambda size, period: size * np.cos(2 * np.pi * (t - 1.4) / period)
        return 372 - wave(104, 0.5175) - wave(48, 0.5) - wave(9, 1.0758)

    with s.pen() as p:
        for x in np.arange(10, W, 25):
            p.line([(x, 150), (x, H)], 0.5, mix(SAND, PAPER, 0.35))
        for y in np.arange(162, H, 30):
            p.line([(0, y), (W, y)], 0.5 if (y - 162) % 150 else 1.2, mix(SAND, PAPER, 0.2))
        for x in np.arange(60, W, 100):
            p.line([(x, 150), (x, H)], 1.2, SAND)
    for lag, ink, alpha in ((0.16, FOAM, 0.55), (0.08, SEA, 0.6), (0, BLUE, 0.92)):
        s.press(Y > height(day - lag)[None] + lag * 60, ink, alpha)
    s.press((Y > height(day)[None]) * smooth(Y, 300, 675), NIGHT, 0.55)
    with s.pen() as p:
        p.line(np.stack([X[0], height(day)], 1)[::2], 2.6, INK).line([(0, 372), (W, 372)], 1.4, RUST)
        for k in range(4):
            moon(p, 60 + 369 * k, 84, 42, k / 4)


def moon(p, x, y, r, phase):
    """The moon between new (0) and full (1) as it waxes."""
    p.disc(x, y, r + 1.5, INK).disc(x, y, r, BLUE)
    limb, terminator = ellipse(x, y, r, r, -np.pi / 2, np.pi / 2), ellipse(x, y, r * np.cos(np.pi * phase), r, np.pi / 2, -np.pi / 2)
    if phase > 0:
        p.poly(np.concatenate([limb, terminator]), AMBER)


def wave_interference(s):
    k, wall = 2 * np.pi / 50, 300
    slits = (238, 437)
    waves = [np.hypot(X - wall, Y - y) for y in slits]
    field = sum(np.cos(k * r) / np.sqrt(1 + r / 120) for r in waves)
    field = np.where(X < wall, 1.05 * np.cos(k * (X - wall)), field)
    bright = sum(np.exp(1j * k * r) / np.sqrt(1 + r / 120) for r in waves)
    calm = np.where(X < wall, 1, smooth(np.abs(bright), 0, 0.9))
    s.wash(0.5 + 0.36 * field * (0.35 + 0.65 * calm), NIGHT, INK, BLUE, SEA, FOAM, PAPER)
    with s.pen() as p:
        edges = [0] + [e for y in slits for e in (y - 13, y + 13)] + [H]
        for top, bottom in zip(edges[::2], edges[1::2]):
            p.box(wall - 8, top, wall + 8, bottom, RUST).box(wall - 8, top, wall - 4, bottom, AMBER)
    strength = np.abs(bright[:, -1:]) ** 2 / (np.abs(bright[:, -1]) ** 2).max()
    s.press(X > 1164, ramp(strength, NIGHT, mix(NIGHT, RUST, 0.6), OCHRE, PAPER))


def curtain(rng, base, swing, tall):
    """The light of one folded curtain, as rays that stand on a winding line: its bright foot and its tall veil."""
    n = 6000
    t, rows, foot_light, veil = np.linspace(0, 1, n), np.arange(H), np.zeros((H, W)), np.zeros((H, W))
    wave = lambda *terms: sum(a * np.sin(f * t + rng.random() * 6.3) for a, f in terms)
    level = lambda steps: np.interp(t * steps, np.arange(steps + 1), rng.random(steps + 1))
    x = -200 + 1600 * t + wave((62, 13), (24, 26))
    foot = base + swing * np.cos(5.2 * t + 0.6) + wave((22, 15), (7, 43))
    rays, reach = (0.15 + 0.85 * level(190)) * (0.25 + 0.75 * level(11)), tall * (0.55 + 0.6 * level(90))
    for i in np.flatnonzero((x >= 0) & (x < W)):
        up = foot[i] - rows
        ray = rays[i] * (0.75 * smooth(up, -7, 12) + 0.25 * smooth(up, -70, 12))
        foot_light[:, int(x[i])] += ray * np.exp(-np.maximum(up, 0) / (0.3 * reach[i]))
        veil[:, int(x[i])] += ray * np.exp(-np.maximum(up, 0) / reach[i])
    enlarge = lambda a: np.asarray(Image.fromarray(blurred(a, 1.4)).resize((W * SS, H * SS), Image.BICUBIC)).clip(0)
    return enlarge(foot_light), enlarge(veil)


def aurora(s):
    s.wash(Y / 560, NIGHT, NIGHT, INK, mix(PINE, INK, 0.4))
    stars(s, 200, 500)
    for base, swing, tall, strength in ((250, 60, 130, 0.22), (395, -75, 190, 0.6)):
        foot, veil = curtain(s.rng, base, swing, tall)
        s.glow(1 - np.exp(-veil * strength * 0.7), mix(SEA, BRICK, 0.2))
        s.glow((1 - np.exp(-veil * strength)) * smooth(Y, 300, 0), mix(RUST, BRICK, 0.3))
        s.glow(1 - np.exp(-foot * strength), mix(FOAM, SEA, 0.45))
    s.glow(0.22 * np.exp(-((Y - 560) / 190) ** 2), SEA)
    hills(s, 562, 96, 330, mix(PINE, NIGHT, 0.5))
    with s.pen() as p:
        trees = [(x, 566 + s.rng.uniform(0, 8), s.rng.uniform(22, 84)) for x in np.arange(-10, W, 15) if s.rng.random() < 0.85]
        pines(p, s.rng, trees, NIGHT)
        p.box(0, 560, W, 572, NIGHT)
    s.reflect(570, NIGHT, 0.25, 5)


def rain_window(s):
    s.wash(Y / H, INK, BLUE, mix(BLUE, BRICK, 0.4), NIGHT)
    with s.pen() as p:
        for _ in range(75):
            x, y, r = s.rng.random() * W, s.rng.normal(400, 110), s.rng.uniform(12, 46)
            p.disc(x, y, r, mix(INK, (AMBER, OCHRE, RUST, SEA, CREAM)[s.rng.integers(5)], s.rng.uniform(0.35, 0.95)))
    s.blur(7)
    clear = s.px.copy()
    s.blur(9)
    s.press(np.ones((1, 1)), STEEL, 0.24)
    trails, drops = Plate(), []
    for _ in range(26):
        x, y = s.rng.random() * W, s.rng.uniform(20, 520)
        path = np.stack([x + np.cumsum(s.rng.normal(0, 1.6, 40)), np.linspace(y - s.rng.uniform(120, 420), y, 40)], 1)
        trails.line(path, s.rng.uniform(4, 8))
        drops.append((*path[-1], s.rng.uniform(8, 14)))
    s.press(trails, clear, 0.9)
    drops += [(x, y, r) for x, y, r in zip(s.rng.random(420) * W, s.rng.random(420) * H, 1.6 + 12 * s.rng.random(420) ** 3)]
    for x, y, r in drops:
        droplet(s.px, clear, x, y, r)
    with s.pen() as p:
        for x in (392, 800):
            p.box(x, 0, x + 16, H, NIGHT).box(x, 0, x + 3, H, BLUE)
        p.box(0, 268, W, 284, NIGHT).box(0, 281, W, 284, BLUE).box(0, 636, W, H, NIGHT).box(0, 636, W, 640, STEEL)


def droplet(px, scene, x, y, r):
    """A drop on glass shows the scene upside down, with a dark rim above and a light below."""
    rows, columns = window(x, y, r, 1.3 * r)
    dx, dy = (X[:, columns] - x) / r, (Y[rows] - y) / r / np.where(Y[rows] < y, 1.3, 1.05)
    d = np.hypot(dx, dy)
    if not d.size:
        return
    at = np.clip(((y - dy * 90) * SS), 0, H * SS - 1).astype(int), np.clip((x - dx * 90) * SS, 0, W * SS - 1).astype(int)
    gleam = 0.5 * smooth(np.hypot(dx + 0.3, dy + 0.45), 0.26, 0.14)
    inside = scene[at] * (0.72 + 0.5 * smooth(dy, -0.7, 0.9))[..., None] + gleam[..., None]
    px[rows, columns] += (np.clip(inside, 0, 1) - px[rows, columns]) * smooth(d, 1, 0.9)[..., None]


def starlings(s):
    s.wash(Y / 600, STEEL, mix(MIST, CREAM, 0.4), CREAM, AMBER, mix(RUST, AMBER, 0.3))
    s.press(smooth(noise(s.rng, 46, 4, 10), 0.58, 0.66) * smooth(Y, 640, 330), mix(RUST, AMBER, 0.4), 0.45)
    s.disc(250, 556, 56, PAPER)
    n = 4000
    t = s.rng.random(n * 3)
    thick = 9 + 88 * np.exp(-((t - 0.33) / 0.13) ** 2) + 58 * np.exp(-((t - 0.72) / 0.11) ** 2)
    kept = np.flatnonzero(s.rng.random(n * 3) < thick / 97)[:n]
    t, thick, n = t[kept], thick[kept], len(kept)
    spine = np.stack([170 + 900 * t - 60 * np.sin(6.3 * t), 250 - 120 * np.sin(6.0 * t + 0.5) + 150 * t], 1)
    angle, out = s.rng.random(n) * 2 * np.pi, s.rng.beta(1.6, 1.5, n)
    place = spine + (out * thick)[:, None] * np.stack([1.15 * np.cos(angle), 0.85 * np.sin(angle)], 1)
    place += 5 * s.rng.normal(0, 1, (n, 2)) * (1 + 5 * (s.rng.random((n, 1)) < 0.05))
    place += 28 * np.stack([np.sin(place[:, 1] / 40), np.cos(place[:, 0] / 55)], 1)
    cloud = np.histogram2d(place[:, 1], place[:, 0], (H, W), ((0, H), (0, W)))[0].astype(np.float32)
    cloud = np.asarray(Image.fromarray(blurred(cloud, 11)).resize((W * SS, H * SS), Image.BICUBIC))
    s.press(smooth(cloud, 0, 0.11), INK, 0.42)
    with s.pen() as p:
        for (x, y), a, r in zip(place, s.rng.normal(-0.4, 0.7, n), s.rng.uniform(1.6, 3.4, n)):
            p.poly(rotated(np.array([(-1.6, -0.9), (0, 0.1), (1.6, -0.9), (0.2, 0.8)]) * r, a, x, y), NIGHT)
    hills(s, 600, 26, 300, mix(BRICK, INK, 0.45), 3)
    hills(s, 652, 26, 420, NIGHT, 4)
    reeds = Plate()
    for x, h, lean in zip(s.rng.random(240) * W, s.rng.uniform(20, 90, 240), s.rng.normal(6, 7, 240)):
        reeds.line([(x, H), (x + lean * 0.3, H - h * 0.6), (x + lean, H - h)], 1.4)
        reeds.poly(rotated(ellipse(0, 0, 2.6, 9), lean * 0.03, x + lean, H - h))
    s.press(reeds, NIGHT)


def river_delta(s):
    rng = s.rng
    coast = X + 0.00075 * (Y - 340) ** 2 + 95 * (noise(rng, 110, 5) - 0.5) + 60 * np.sin(Y / 58 + 1)
    land = smooth(coast, 792, 788)
    s.wash(smooth(coast, 740, 1250), FOAM, SEA, BLUE, INK)
    s.press(land, ramp(noise(rng, 130, 5), SAND, CREAM, mix(SAND, AMBER, 0.3)))
    water = Plate()
    channel(water, rng, -30, 330, 0.0, 34, 40)
    soft, channels = water.mask(13), water.mask()
    banks = np.clip(soft * 2.6, 0, 1)
    s.press(stipple(rng, banks * 0.95) * land, PINE, 0.62)
    s.press((1 - land) * np.clip(soft * 3, 0, 1) * (0.4 + 0.6 * noise(rng, 40, 4)), SAND, 0.75)
    s.press(channels * smooth(coast, 822, 785), ramp(X / 800, BLUE, BLUE, SEA))
    s.press(smooth(np.abs(coast - 791), 4, 1.5) * (1 - channels), PAPER, 0.9)


def channel(plate, rng, x, y, heading, width, reach):
    """A river that winds for a while and forks, until its thin arms run to the sea."""
    bend, home = 0.0, heading
    while reach > 0 and x < 850 and -60 < y < H + 60:
        bend = 0.8 * bend + rng.normal(0, 0.075)
        heading += bend + 0.10 * (home - heading)
        nx, ny = around(x, y, 7, heading)
        plate.line([(x, y), (nx, ny)], width).disc(nx, ny, width / 2)
        x, y, width, reach = nx, ny, width * 0.997, reach - 1
    if reach <= 0:
        turn, share, length = rng.uniform(0.2, 0.42), rng.uniform(0.6, 0.85), rng.uniform(19, 26)
        for side, part in ((1, share), (-1, 1.38 - share)):
            channel(plate, rng, x, y, np.clip(home + side * turn, -1.0, 1.0), width * part, length if width * part > 3.6 else 400)


def observatory(s):
    s.wash(Y / 620, NIGHT, INK, BLUE, mix(STEEL, RUST, 0.3))
    across = (Y - 300) * 0.86 + (X - 420) * 0.5 + 90 * (noise(s.rng, 300, 2) - 0.5)
    way = np.exp(-(across / 120) ** 2) * (0.35 + noise(s.rng, 150, 5))
    rift = smooth(noise(s.rng, 170, 4), 0.4, 0.85) * np.exp(-(across / 55) ** 2)
    s.glow(way * 0.42 * (1 - 0.5 * rift), mix(STEEL, CREAM, 0.3))
    s.glow(stipple(s.rng, way * 0.34 * (1 - rift)) * smooth(Y, 600, 400), mix(STEEL, PAPER, 0.2))
    stars(s, 320, 560)
    hills(s, 590, 70, 420, mix(INK, PINE, 0.5), 4)
    s.press(Y > 640 - 95 * np.exp(-((X - 800) / 330) ** 2) - 10 * profile(s.rng, 70), NIGHT)
    r, _ = polar(800, 420)
    dome = (r < 148) & (Y < 424)
    s.press(dome, ramp((X - 800) / 296 + 0.5, PAPER, MIST, STEEL, BLUE))
    rib = np.abs(((X - 800) / np.sqrt(np.maximum(148**2 - (Y - 420) ** 2, 1)) * 4) % 1 - 0.5) > 0.485
    s.press(dome & rib, BLUE, 0.6)
    with s.pen() as p:
        near, far = ellipse(800, 424, 66, 152, -np.pi / 2 - 0.25, -np.pi), ellipse(800, 424, 112, 146, -np.pi, -np.pi / 2 - 0.42)
        p.poly(np.concatenate([near[:-8], far[8:]]), NIGHT)
        p.poly(rotated([(-26, -12), (150, -15), (150, 15), (-26, 12)], -2.18, 768, 392), OCHRE)
        p.poly(rotated([(136, -19), (156, -19), (156, 19), (136, 19)], -2.18, 768, 392), CREAM)
        p.box(640, 420, 960, 434, INK).box(656, 434, 944, 570, MIST).box(860, 434, 944, 570, STEEL).box(656, 434, 944, 442, BLUE)
        p.box(770, 486, 812, 572, RUST).box(776, 492, 806, 572, AMBER)
        for x in (690, 880):
            p.box(x, 476, x + 26, 508, INK)
    s.press(Y > 640 - 84 * np.exp(-((X - 800) / 330) ** 2) - 6 * profile(s.rng, 70), NIGHT)
    s.glow(0.3 * np.exp(-polar(791, 560)[0] / 60), AMBER)


def type_font(size):
    try:
        return ImageFont.truetype("DejaVuSerif-Bold.ttf", size)
    except OSError:
        return ImageFont.load_default(size)


def sort(image, x, y, w, letter, ink, face, turn):
    """One piece of wood type, its letter mirrored."""
    n = round(w * SS)
    block = Image.new("RGB", (n, round(n * 1.25)), face)
    draw = ImageDraw.Draw(block)
    draw.rectangle((0, 0, n - 1, round(n * 1.25) - 1), outline=mix(face, NIGHT, 0.45), width=SS)
    draw.rectangle((SS, SS, n - SS, 2 * SS), fill=mix(face, PAPER, 0.5))
    font = type_font(round(n * min(1.05, 0.8 / type_font(100).getlength(letter) * 100)))
    draw.text((n / 2, n * 0.62), letter, ink, font, "mm")
    block, mask = block.transpose(Image.FLIP_LEFT_RIGHT), Image.new("L", block.size, 255)
    block, mask = (layer.rotate(turn, Image.BICUBIC, True) for layer in (block, mask))
    corner = round(x * SS - block.width / 2), round(y * SS - block.height / 2)
    shadow = mask.filter(ImageFilter.GaussianBlur(3 * SS)).point(lambda v: v * 0.55)
    image.paste(NIGHT, (corner[0] + 4 * SS, corner[1] + 5 * SS), shadow)
    image.paste(block, corner, mask)


def type_case(s):
    s.wash(noise(s.rng, 5, 3, 30), mix(BRICK, NIGHT, 0.3), BRICK)
    widths = ((2, 1, 1, 2), (1, 2, 2, 1), (2, 1, 1, 1, 1))
    letters = iter("GRamenQ&ofthSdkuibMcrpswgyxjvz")
    with s.pen() as p:
        for top, row in zip((0, 225, 450), widths):
            for left, right in zip(np.cumsum((0,) + row) * 200, np.cumsum(row) * 200):
                p.box(left, top, right, top + 226, mix(OCHRE, BRICK, 0.45)).box(left, top, right, top + 3, AMBER)
                p.box(left, top, left + 3, top + 226, AMBER)
                p.box(left + 7, top + 7, right - 6, top + 219, NIGHT).box(left + 15, top + 19, right - 6, top + 219, INK)
                letter, face = next(letters), (SAND, CREAM, OCHRE, mix(SAND, STEEL, 0.3))[s.rng.integers(4)]
                for x in np.arange(left + 66, right - 50, 84 if right - left > 200 else 88):
                    ink = (NIGHT, NIGHT, BRICK)[s.rng.integers(3)]
                    y, turn = s.rng.uniform(top + 84, top + 148), s.rng.normal(0, 15)
                    sort(p.image, x + s.rng.uniform(-6, 10), y, 82, letter, ink, face, turn)


def rope(p, points, z, width, ink, edge):
    """A laid rope along a closed curve, drawn from the lowest part to the highest."""
    n, ahead = len(points), np.roll(points, -1, 0) - np.roll(points, 1, 0)
    ahead = ahead / np.hypot(*ahead.T)[:, None]
    normal = np.stack([-ahead[:, 1], ahead[:, 0]], 1)
    strand = (np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))]) // 16).astype(int)
    marks = np.flatnonzero(strand != np.roll(strand, 1))

    def piece(i, reach, w, colour):
        at = np.arange(i - reach, i + reach + 1) % n
        p.poly(np.concatenate([points[at] + normal[at] * w / 2, (points[at] - normal[at] * w / 2)[::-1]]), colour)

    for i in np.argsort(z):
        piece(i, 1, width + 9, edge)
        piece(i, 6, width, ink)
        for k in marks[np.abs(marks - i) < 9]:
            across, along = normal[k] * width * 0.46, ahead[k] * width * 0.3
            p.line([points[k] + across - along, points[k], points[k] - across + along], 1.8, mix(ink, edge, 0.6))


def knots(s):
    s.wash(noise(s.rng, 260, 4), mix(PINE, SEA, 0.25), PINE)
    t = np.linspace(0, 2 * np.pi, 1500, endpoint=False)
    trefoil = np.sin(t) + 2 * np.sin(2 * t), np.cos(t) - 2 * np.cos(2 * t), -np.sin(3 * t)
    turks_head = (2 + 0.9 * np.cos(8 * t)) * np.cos(3 * t), (2 + 0.9 * np.cos(8 * t)) * np.sin(3 * t), np.sin(16 * t)
    cinquefoil = (2 + np.cos(5 * t)) * np.cos(2 * t), (2 + np.cos(5 * t)) * np.sin(2 * t), np.sin(5 * t)
    figures = (165, 350, 45, RUST, trefoil), (600, 338, 86, CREAM, turks_head), (1035, 338, 45, OCHRE, cinquefoil)
    with s.pen() as p:
        for cx, cy, size, ink, (x, y, z) in figures:
            rope(p, np.stack([cx + size * x, cy + size * y], 1), z, 22, ink, NIGHT)


def sundial(s):
    s.wash(noise(s.rng, 180, 6), mix(SAND, RUST, 0.22), SAND, mix(SAND, CREAM, 0.5), CREAM)
    cx, cy, lat = 600, 196, np.radians(52)
    hour = lambda h: np.arctan2(np.cos(lat) * np.sin(np.radians(15 * (h - 12))), np.cos(np.radians(15 * (h - 12))))
    with s.pen() as p:
        p.box(232, 62, 968, 622, RUST).box(240, 70, 960, 614, PAPER).box(250, 80, 950, 604, OCHRE).box(254, 84, 946, 600, CREAM)
        p.box(316, 146, 884, 538, INK).box(320, 150, 880, 534, PAPER)
        for quarter in range(24, 73):
            a = np.pi / 2 - hour(quarter / 4)
            reach = lambda w, h: min(w / max(abs(np.cos(a)), 1e-6), h / max(np.sin(a), 1e-6))
            whole = quarter % 4 == 0
            outer = around(cx, cy, reach(280, 338), a)
            p.line([around(cx, cy, 92 if whole else reach(280, 338) - 24, a), outer], 2 if whole else 1, INK)
            if whole:
                p.disc(*around(cx, cy, reach(312, 370), a), 9 if quarter % 12 == 0 else 6, RUST if quarter % 12 == 0 else INK)
        for k in range(33):
            a = np.pi * k / 32
            length, ink = (84, OCHRE) if k % 2 else (68, RUST)
            p.poly([around(cx, cy, 46, a - 0.05), around(cx, cy, length, a), around(cx, cy, 46, a + 0.05)], ink)
        p.poly(ellipse(cx, cy, 44, 44, 0, np.pi), AMBER).poly(ellipse(cx, cy, 30, 30, 0, np.pi), OCHRE)
    a = np.pi / 2 - hour(14.4)
    s.press(Plate().poly([(cx - 8, cy), (cx + 9, cy), around(cx, cy, 330, a - 0.012), around(cx, cy, 330, a + 0.012)]), INK, 0.8)
    with s.pen() as p:
        p.poly([(cx - 8, cy), (cx + 8, cy), (cx + 5, cy + 214), (cx, cy + 236), (cx - 5, cy + 214)], BRICK)
        p.poly([(cx - 6, cy), (cx - 1, cy), (cx - 1, cy + 220), (cx - 4, cy + 210)], OCHRE).disc(cx, cy, 12, BRICK)
        p.disc(cx - 2, cy - 2, 6, OCHRE)
    leaves = Plate()
    for x, y, heading in ((-20, 120, 0.15), (60, -20, 0.75), (-20, 330, -0.25), (280, -30, 0.5)):
        for i in range(15):
            nx, ny = around(x, y, 24, heading)
            leaves.line([(x, y), (nx, ny)], 5 - i * 0.28)
            for side in (-1, 1):
                lean = heading + side * s.rng.uniform(0.5, 1.1)
                leaves.poly(rotated([(0, 0), (14, -8), (26, -8), (46, 0), (26, 8), (14, 8)], lean, nx, ny))
            x, y, heading = nx, ny, heading + s.rng.normal(0.03, 0.12)
    s.press(leaves.mask(2.5), mix(BLUE, BRICK, 0.4), 0.4)


def crystal(p, rng, cx, cy, size, ink):
    """A snow crystal: one arm with side branches, repeated six times."""
    core, branches = rng.uniform(0.1, 0.2), []
    for at in np.linspace(0.34, 0.86, rng.integers(3, 6)) + rng.normal(0, 0.02):
        branches.append((at, rng.uniform(0.24, 0.62) * (1.1 - at) + 0.05))
    w, turn = max(1.2, size * 0.034), rng.random() * np.pi / 3
    for arm in turn + np.arange(6) * np.pi / 3:
        point = lambda r: np.array(around(cx, cy, size * r, arm))
        p.line([point(0), point(1)], w, ink).poly(rotated([(0, -w * 1.2), (w * 2.2, 0), (0, w * 1.2)], arm, *point(0.99)), ink)
        for at, length in branches:
            for side in (-1, 1):
                tip = around(*point(at), size * length, arm + side * np.pi / 3)
                p.line([point(at), tip], w * 0.8, ink)
                if size > 200:
                    for sub in (0.45, 0.72):
                        q = point(at) + (np.array(tip) - point(at)) * sub
                        p.line([q, around(*q, size * length * 0.34, arm)], w * 0.55, ink)
                        p.line([q, around(*q, size * length * 0.34, arm + side * 2 * np.pi / 3)], w * 0.55, ink)
    hexagon = lambda r: np.stack(around(cx, cy, size * r, turn + np.arange(6) * np.pi / 3), 1)
    return p.poly(hexagon(core + 0.05), ink).poly(hexagon(core), 0).poly(hexagon(core * 0.6), ink)


def snow_crystals(s):
    s.wash(polar(420, 200)[0] / 950, STEEL, BLUE, INK, NIGHT)
    far = Plate()
    for _ in range(24):
        crystal(far, s.rng, s.rng.random() * W, s.rng.random() * H, s.rng.uniform(8, 26), 255)
    s.press(far.mask(1.2), MIST, 0.6)
    for x, y, size in ((330, 330, 255), (840, 210, 165), (985, 500, 125), (655, 545, 92), (1120, 90, 70), (590, 90, 64)):
        plate = crystal(Plate(), s.rng, x, y, size, 255)
        s.press(plate, ramp((Y - y) / size / 2 + 0.5, PAPER, PAPER, FOAM))


def dunes(s):
    s.wash(Y / 330, mix(SEA, MIST, 0.5), mix(MIST, CREAM, 0.5), CREAM)
    s.disc(905, 128, 50, PAPER)
    layers = (
        (250, 60, 300, 0.7, ((260, 420), (760, 380))), (330, 95, 360, 0.4, ((480, 460), (1020, 400))),
        (450, 130, 430, 0.18, ((210, 560), (860, 620))), (590, 170, 620, 0.0, ((560, 900),)),
    )
    for base, height, cell, haze, peaks in layers:
        top = base - sum(height * np.exp(-np.abs((X - x) / w * 2.3) ** 1.5) for x, w in peaks) - 10 * profile(s.rng, cell, 2)
        body = Y > top
        u = (Y - top) / 24
        ripple = np.sin(6.28 * (u + X / 190 + 1.6 * noise(s.rng, 110, 3))) * smooth(u, 0, 1)
        sand = mix(AMBER, CREAM, 0.2 + haze * 0.7), mix(OCHRE, CREAM, haze), mix(OCHRE, mix(RUST, CREAM, haze), 0.45)
        s.press(body, ramp(0.25 + (Y - top) / 420 + 0.07 * ripple * (1 - haze), *sand))
        for x, w in peaks:
            peak = base - height
            crest = x + 30 * np.sin((Y - peak) / 62) * smooth(Y - peak, 0, 90) + 0.55 * (Y - peak)
            shade = (X > crest) * np.exp(-np.maximum(X - crest, 0) / (w * 0.30)) * smooth(Y - peak, 330, 60)
            s.press(body * stipple(s.rng, shade * 1.25), mix(mix(BRICK, INK, 0.25), CREAM, haze * 0.8), 0.9)
    with s.pen() as p:
        for x in (392, 416, 446, 468):
            y = top[0, x * SS] + 3
            p.poly([(x - 4, y), (x - 2.5, y - 17), (x + 2.5, y - 17), (x + 4, y)], NIGHT).disc(x, y - 20, 3.2, NIGHT)


def tall_ship(s):
    s.wash(Y / 500, SEA, FOAM, CREAM, AMBER)
    s.disc(650, 330, 231, mix(AMBER, OCHRE, 0.5))
    s.press(smooth(noise(s.rng, 40, 4, 12), 0.6, 0.64) * smooth(Y, 470, 300), PAPER, 0.6)
    s.ground(500, SEA, PINE, NIGHT)
    with s.pen() as p:
        p.poly([(478, 296), (398, 318), (382, 444), (474, 452)], MIST)
        p.line([(860, 470), (1012, 402)], 6, NIGHT).line([(1010, 404), (804, 120)], 1, NIGHT)
        p.line([(940, 436), (804, 190)], 1, NIGHT)
        for x, y, long, ink in ((925, 440, 190, MIST), (962, 424, 225, PAPER), (1002, 406, 262, PAPER)):
            p.poly([(x, y), (x - 0.59 * long, y - 0.81 * long), (x - 0.46 * long, y - 0.3 * long), (x - 88, y + 18)], ink)
        for mast, top, scale in ((480, 118, 0.88), (640, 70, 1.0), (800, 104, 0.94)):
            p.line([(mast, 470), (mast, top)], 4.5, NIGHT)
            level = 440
            for w, h in ((134, 92), (118, 84), (98, 66), (74, 50)):
                square_sail(p, mast, level - h * scale, level - 6, w * scale * 0.5)
                level -= h * scale + 3
            p.poly([(mast, top), (mast - 22, top + 5), (mast, top + 11)], RUST)
            p.line([(mast, top + 30), (mast + 92, 466)], 0.9, NIGHT).line([(mast, top + 30), (mast - 92, 466)], 0.9, NIGHT)
        p.poly([(372, 452), (420, 470), (800, 476), (900, 452), (872, 506), (836, 530), (440, 530), (392, 505)], NIGHT)
        p.line([(386, 482), (440, 496), (810, 498), (884, 476)], 4, CREAM)
        for x in range(450, 800, 32):
            p.box(x, 492, x + 9, 500, NIGHT)
    s.press((Y > 522 + 6 * np.sin(X / 19)) * smooth(Y, 620, 530), PINE)
    s.press(ripples(s.rng, 524, 190), FOAM, 0.55)
    s.press(ripples(s.rng, 524, 130, 650, 150), AMBER, 0.75)
    with s.pen() as p:
        gulls(p, s.rng, 5, (150, 120, 380, 300), NIGHT)


def square_sail(p, x, top, bottom, half):
    t = np.linspace(-1, 1, 13)
    foot = np.stack([x + 8 - t * half, bottom - 9 * (1 - t * t)], 1)
    a, b, middle = x - half * 0.86, x + half * 0.86, (top + bottom) / 2
    p.poly([(a, top), (b, top), (b + 14, middle), *foot, (a + 12, middle)], PAPER)
    p.poly([(x + half * 0.3, top), (b, top), (b + 14, middle), *foot[:5]], MIST)
    p.line([(x - half, top), (x + half, top)], 3, NIGHT)


def crane(p, x, base, k, ink):
    """A ship-to-shore gantry crane."""
    at = lambda dx, dy: (x + dx * k, base + dy * k)
    for leg in (-46, 46):
        p.line([at(leg, 0), at(leg * 0.8, -190)], 9 * k, ink).box(*at(leg - 14, -10), *at(leg + 14, 0), ink)
    p.line([at(-46, -60), at(46, -60)], 6 * k, ink).line([at(-44, -62), at(38, -186)], 3.5 * k, ink)
    p.line([at(44, -62), at(-38, -186)], 3.5 * k, ink)
    p.box(*at(-150, -206), *at(300, -190), ink).line([at(-36, -200), at(-8, -310), at(36, -200)], 6 * k, ink)
    p.line([at(-8, -308), at(285, -204)], 2.6 * k, ink).line([at(-8, -308), at(150, -204)], 2.6 * k, ink)
    p.line([at(-8, -308), at(-145, -204)], 2.6 * k, ink)
    p.box(*at(-130, -232), *at(-66, -204), ink).box(*at(168, -190), *at(200, -174), ink)
    for cable in (174, 194):
        p.line([at(cable, -174), at(cable, -120)], 1.2, ink)
    p.box(*at(150, -120), *at(218, -92), RUST if k > 0.8 else ink)


def harbour_cranes(s):
    s.wash(Y / 500, mix(RUST, BRICK, 0.2), mix(RUST, AMBER, 0.5), AMBER, CREAM)
    s.press(smooth(noise(s.rng, 30, 4, 14), 0.6, 0.64) * smooth(Y, 420, 250), RUST, 0.35)
    s.disc(880, 395, 86, PAPER)
    hills(s, 500, 46, 420, mix(AMBER, STEEL, 0.45), 3)
    with s.pen() as p:
        crane(p, 640, 500, 0.66, mix(STEEL, AMBER, 0.25))
        crane(p, 420, 505, 0.9, BLUE)
        for column in range(22):
            for level in range(s.rng.integers(1, 4)):
                x, y = -10 + column * 46 - 380, 505 - level * 20
                p.box(x, y - 20, x + 44, y - 1, (RUST, SEA, OCHRE, BLUE, CREAM)[s.rng.integers(5)])
        crane(p, 190, 510, 1.25, NIGHT)
        p.poly([(640, 470), (668, 530), (1240, 530), (1240, 452), (680, 462)], INK).line([(654, 500), (1240, 500)], 3, RUST)
        for column in range(10):
            for level in range(s.rng.integers(2, 5)):
                x, y = 700 + column * 44, 462 - level * 21
                p.box(x, y - 20, x + 42, y, (RUST, SEA, OCHRE, MIST, BRICK)[s.rng.integers(5)])
                p.box(x, y - 20, x + 42, y - 17, NIGHT)
        p.box(1142, 330, 1190, 460, PAPER).box(1132, 348, 1200, 362, INK).box(0, 508, 600, 540, NIGHT)
    s.reflect(530, INK, 0.42, 6)
    s.press(ripples(s.rng, 534, 130), AMBER, 0.5)


def spectrum(s):
    nm = 385 + X / W * 390
    inks = (NIGHT, INK, BLUE, STEEL, SEA, FOAM, AMBER, OCHRE, RUST, RUST, BRICK, NIGHT)
    s.wash(np.zeros((1, 1)), NIGHT, NIGHT)
    band = (Y > 84) & (Y < 430)
    s.press(band, ramp((nm - 385) / 390, *inks))
    lines = [  # of Fraunhofer and others in sunlight: wavelength, width, depth
        (393.4, 1.5, 0.95), (396.8, 1.4, 0.95), (410.2, 0.8, 0.8), (430.8, 1.0, 0.8), (434.0, 0.7, 0.7), (486.1, 0.9, 0.9),
        (516.7, 0.6, 0.8), (517.3, 0.5, 0.7), (518.4, 0.7, 0.85), (527.0, 0.8, 0.8), (589.0, 0.55, 0.95), (589.6, 0.55, 0.95),
        (627.6, 0.5, 0.5), (656.3, 1.1, 0.95), (686.9, 1.3, 0.85), (718.5, 2.2, 0.35), (760.5, 2.0, 0.9),
    ]
    fine = [(s.rng.uniform(388, 700), s.rng.uniform(0.15, 0.32), s.rng.uniform(0.2, 0.55)) for _ in range(70)]
    absorb = lambda lines: np.prod([1 - depth * np.exp(-((nm - centre) / width) ** 2) for centre, width, depth in lines], 0)
    through = absorb(lines)
    s.press(band * (1 - through * absorb(fine)), NIGHT)
    planck = np.exp(-((nm - 520) / 190) ** 2)
    curve = 636 - 150 * planck * through
    s.press((Y > curve) & (Y < 636), ramp((nm - 385) / 390, *inks), 0.9)
    s.press(Plate().line(np.stack([X[0], curve[0]], 1), 2), CREAM)
    with s.pen() as p:
        for wave in range(390, 776, 5):
            x = (wave - 385) / 390 * W
            long = 22 if wave % 50 == 0 else 12 if wave % 10 == 0 else 7
            p.line([(x, 640), (x, 640 + long)], 1.4, CREAM).line([(x, 72), (x, 72 - long)], 1.4, CREAM)
        p.line([(0, 76), (W, 76)], 1.6, CREAM).line([(0, 638), (W, 638)], 1.6, CREAM)


def barometer(s):
    s.wash(noise(s.rng, 9, 2, 46) * 0.6 + 0.4 * noise(s.rng, 200, 2), mix(BRICK, NIGHT, 0.72), mix(BRICK, NIGHT, 0.45), BRICK)
    cx, cy = 600, 345
    s.press(smooth(polar(cx + 8, cy + 12)[0], 345, 300), NIGHT, 0.6)
    r, a = polar(cx, cy)
    shine = 0.5 + 0.5 * np.cos(2 * a + 1.3)
    for outer, flip in ((312, 0), (296, 1), (276, 0)):
        s.press(smooth(r, outer, outer - 1), ramp(shine if not flip else 1 - shine, BRICK, OCHRE, AMBER, PAPER))
    s.press(smooth(r, 270, 269), ramp(r / 270, PAPER, PAPER, CREAM))
    s.press(smooth(r, 270, 269) * smooth(r, 240, 270), BRICK, 0.2)
    swing = lambda t: np.radians(-240 + 300 * t)
    with s.pen() as p:
        for k in range(101):
            a, reach, width = swing(k / 100), 250 if k % 10 == 0 else 242 if k % 5 == 0 else 236, 2.6 if k % 10 == 0 else 1.2
            p.line([around(cx, cy, 226, a), around(cx, cy, reach, a)], width, INK)
        p.ring(cx, cy, 226, 1.6, INK, 120, 420)
        for start, ink in ((0, BLUE), (1, STEEL), (2, SEA), (3, AMBER), (4, OCHRE)):
            p.ring(cx, cy, 216, 10, ink, 120 + start * 60, 120 + start * 60 + 60)
        weather_signs(p, cx, cy)
        for turn, tail, tip, ink in ((swing(0.71), 60, 214, INK), (swing(0.56), 44, 190, OCHRE)):
            hand = [(-tail, -6), (-tail - 16, 0), (-tail, 6), (tip * 0.5, 5), (tip, 0), (tip * 0.5, -5)]
            p.poly(rotated(hand, turn, cx, cy), ink)
            p.disc(*around(cx, cy, tip * 0.62, turn), 8, ink).disc(*around(cx, cy, tip * 0.62, turn), 4, PAPER)
        p.disc(cx, cy, 17, BRICK).disc(cx, cy, 14, AMBER).disc(cx, cy, 4, BRICK)
    s.press(Plate().poly(ellipse(cx - 60, cy - 70, 190, 180, 2.6, 4.6)), PAPER, 0.10)


def weather_signs(p, cx, cy):
    """Rain, cloud and sun on the dial instead of words."""
    x, y = cx - 138, cy - 10
    for dx, dy in ((-18, 8), (0, 20), (18, 8), (-9, 34), (10, 42)):
        p.poly([(x + dx, y + dy - 13), (x + dx + 5, y + dy), (x + dx, y + dy + 5), (x + dx - 5, y + dy)], BLUE)
    x, y = cx, cy - 122
    for dx, dy, r in ((-20, 0, 15), (2, -10, 21), (24, 1, 14)):
        p.disc(x + dx, y + dy, r, STEEL)
    p.box(x - 20, y, x + 24, y + 15, STEEL)
    x, y = cx + 138, cy + 18
    for a in np.arange(12) * np.pi / 6:
        p.poly([around(x, y, 20, a - 0.16), around(x, y, 34, a), around(x, y, 20, a + 0.16)], OCHRE)
    p.disc(x, y, 17, OCHRE)


def kite(p, rng, x, y, k, lean, inks, hand):
    corners = rotated(np.array([(0, -70), (46, -14), (0, 84), (-46, -14)]) * k, lean, x, y)
    heart = rotated([(0, -14 * k)], lean, x, y)[0]
    t = np.linspace(0, 1, 40)[:, None]
    string = heart + (np.array(hand) - heart) * t + np.array([0, 46]) * np.sin(np.pi * t)
    p.line(string, 1.1, INK)
    for i in range(4):
        p.poly([corners[i], corners[(i + 1) % 4], heart], inks[i % 2] if i < 2 else inks[(i + 1) % 2])
    p.line([corners[0], corners[2]], 1.6 * k + 0.5, INK).line([corners[1], corners[3]], 1.6 * k + 0.5, INK)
    u, phase = np.linspace(0, 1, 50), rng.random() * 6
    tail = corners[2] + k * u[:, None] * np.stack([-150 + 20 * np.sin(u * 10 + phase), 130 + 16 * np.cos(u * 9 + phase)], 1)
    p.line(tail, 1.5, INK)
    for i in range(8, 50, 9):
        for side in (0, np.pi):
            p.poly(rotated(np.array([(0, 0), (15, -7), (15, 7)]) * k, side + u[i] * 7 + phase, *tail[i]), inks[i % 2])


def kites(s):
    s.wash(Y / 600, mix(STEEL, SEA, 0.4), FOAM, mix(FOAM, PAPER, 0.6), PAPER)
    s.press(smooth(noise(s.rng, 70, 5, 4), 0.55, 0.6) * smooth(Y, 560, 200), PAPER, 0.7)
    hills(s, 600, 60, 480, mix(SEA, FOAM, 0.4), 2)
    edge = hills(s, 655, 90, 640, SEA, 2)
    hands = (880, 960, 1040)
    flying = (
        (300, 190, 1.45, -0.5, (RUST, AMBER), 0), (640, 130, 0.95, -0.35, (INK, CREAM), 1), (600, 380, 0.7, -0.7, (OCHRE, RUST), 0),
        (930, 190, 1.1, -0.2, (PAPER, RUST), 2), (130, 420, 0.5, -0.6, (INK, OCHRE), 1),
    )
    with s.pen() as p:
        for x, y, k, lean, inks, hand in flying:
            kite(p, s.rng, x, y, k, lean, inks, (hands[hand], edge[hands[hand] * SS] - 26))
        for x in hands:
            y = edge[x * SS] + 3
            p.poly([(x - 7, y), (x - 5, y - 24), (x + 5, y - 24), (x + 8, y)], NIGHT).disc(x, y - 30, 5.5, NIGHT)
            p.line([(x - 2, y - 21), (x - 13, y - 30)], 2.6, NIGHT)
    hills(s, 690, 60, 380, PINE, 3)


def pot(s, cx, base, tall, outline, clay, glaze):
    """A thrown pot with a running glaze; `outline` gives half-widths from the rim down."""
    v = (Y - (base - tall)) / tall
    half = blurred(np.interp(v, np.linspace(0, 1, len(outline)), outline), 16) * ((v >= 0) & (v <= 1))
    body, u = np.abs(X - cx) < half, np.clip((X - cx) / np.maximum(half, 1), -1, 1)
    s.press(Plate().poly(ellipse(cx + 50, base - 2, outline[-1] * 1.9, 16)), BRICK, 0.45)
    turned = 0.5 + 0.5 * u + 0.05 * np.sin(v * 90) - 0.1
    s.press(body, ramp(turned, mix(clay, PAPER, 0.35), clay, mix(clay, NIGHT, 0.5)))
    angle = np.arcsin(u)
    runs = np.interp(angle + cx, X[0] / 190 + cx - 3, profile(s.rng, 58, 3)[0])
    line = 0.42 + 0.34 * runs
    depth = smooth(line - v, 0, 0.30)
    tone = 0.55 * depth + 0.5 * smooth(u, -0.1, 1) - 0.1 + 0.08 * noise(s.rng, 12, 3)
    s.press(body * smooth(line - v, 0, 0.006), ramp(tone, mix(glaze, PAPER, 0.55), glaze, mix(glaze, NIGHT, 0.62)))
    s.press(body * smooth(np.abs(line - v - 0.004), 0.010, 0.004), mix(glaze, PAPER, 0.5), 0.7)
    s.press(body * (noise(s.rng, 4, 1) > 0.93) * (line > v), NIGHT, 0.5)
    s.press(body * smooth(np.abs(u + 0.52), 0.075, 0.045) * smooth(v, 0.1, 0.2) * smooth(v, 0.46, 0.36), PAPER, 0.65)
    s.press(Plate().poly(ellipse(cx, base - tall, outline[0], outline[0] * 0.17)), mix(glaze, NIGHT, 0.7))
    s.press(Plate().line(ellipse(cx, base - tall, outline[0] - 1, outline[0] * 0.17), 3), mix(glaze, PAPER, 0.5))


def ceramic_glaze(s):
    s.wash(Y / 520 + 0.12 * noise(s.rng, 260, 3), mix(CREAM, SAND, 0.4), CREAM, PAPER)
    s.ground(520, SAND, mix(SAND, RUST, 0.35))
    pot(s, 300, 585, 400, (34, 32, 36, 70, 112, 126, 122, 104, 84, 70), RUST, SEA)
    pot(s, 900, 580, 330, (70, 74, 106, 132, 140, 136, 120, 98, 82), mix(RUST, SAND, 0.35), mix(OCHRE, RUST, 0.25))
    pot(s, 610, 615, 180, (178, 174, 166, 150, 128, 100, 74, 62, 64), mix(BRICK, RUST, 0.4), BLUE)


def penrose(s):
    phi, centre = (1 + 5**0.5) / 2, 620 + 300j
    rim = [centre + 1850 * np.exp(1j * (2 * k - 1) * np.pi / 10) for k in range(11)]
    tiles = [(0, centre, *((rim[k], rim[k + 1]) if k % 2 else (rim[k + 1], rim[k]))) for k in range(10)]
    for _ in range(6):
        parts = []
        for kind, a, b, c in tiles:
            if kind == 0:
                p = a + (b - a) / phi
                parts += [(0, c, p, b), (1, p, c, a)]
            else:
                q, r = b + (a - b) / phi, b + (c - b) / phi
                parts += [(1, r, c, a), (1, q, r, b), (0, r, q, a)]
        tiles = parts
    xy = lambda *points: [(z.real, z.imag) for z in points]
    with s.pen() as p:
        for kind, a, b, c in tiles:
            facing = int(round(np.angle((b + c) / 2 - a) / (np.pi / 10))) % 10
            middle = min(1.0, abs((b + c) / 2 - centre) / 760)
            shade = (0, 0.32, 0.1, 0.42, 0.2)[facing // 2 % 5]
            ink = mix(mix(SEA, INK, middle), MIST, shade * 0.6) if kind == 0 else mix(mix(AMBER, RUST, middle), BRICK, shade)
            p.poly(xy(a, b, c), ink)
        for kind, a, b, c in tiles:
            p.line(xy(b, a, c), 3.4, PAPER)


def harmonograph(s):
    s.wash(noise(s.rng, 260, 4), CREAM, PAPER, PAPER)
    t = np.linspace(0, 88, 7000)
    fade = np.exp(-t * 0.0235)
    for turn, ink in ((0, RUST), (0.26, INK)):
        x = 600 + fade * (320 * np.sin(3.00067 * t + 2.464 + turn) + 270 * np.sin(0.99726 * t + 3.096))
        y = 338 + fade * (172 * np.sin(3.00456 * t + 4.25 + turn) + 146 * np.sin(0.99477 * t + 0.382))
        s.press(Plate().line(np.stack([x, y], 1), 1.5), ink, 0.85)


DRAWINGS = (
    sea_dusk, lighthouse, fog_harbour, star_trails, moon_water, cumulus, tram_rails, bridge_arc, city_night,
    market_awnings, woodgrain, marbled_paper, woven_cloth, clockwork, contour_map, compass_rose, tide_curve,
    wave_interference, aurora, rain_window, starlings, river_delta, observatory, type_case, knots, sundial,
    snow_crystals, dunes, tall_ship, harbour_cranes, spectrum, barometer, kites, ceramic_glaze, penrose, harmonograph,
)
# Each with its seed.
PICTURES = {draw.__name__.replace("_", "-"): (draw, seed) for seed, draw in enumerate(DRAWINGS, 11)}


def tables(quality):
    """The two quantisation tables, of light and of colour, for a JPEG quality."""
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "JPEG", quality=quality)
    return Image.open(data).quantization


def jpeg(picture, grain):
    """The print with as much grain, then at the best quality, as its size in bytes allows."""
    for strength, quality, most in TRIALS:
        data = io.BytesIO()
        image = Image.fromarray(np.clip(picture + strength * grain + 0.5, 0, 255).astype(np.uint8))
        image.save(data, "JPEG", qtables=(tables(quality)[0], tables(quality - 25)[1]), progressive=True, optimize=True)
        if data.tell() <= most:
            break
    return data.getvalue(), f"grain {strength}, quality {quality}"


def main(out, *names):
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    total = 0
    for name in names or PICTURES:
        draw, seed = PICTURES[name]
        sheet = Sheet(seed)
        draw(sheet)
        data, how = jpeg(*sheet.finish())
        (out / f"{name}.jpg").write_bytes(data)
        total += len(data)
        print(f"{name:20} {len(data):6} bytes, {how}")
    print(f"{total} bytes altogether")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
