"""Makes `bell.wav`: one stroke of a bell, from the five partials that founders tune."""
import math
import wave

RATE, SECONDS = 8000, 4
# Hum, prime, tierce, quint, nominal: the frequency against the prime, the loudness, and the seconds until it is half as loud.
PARTIALS = [(0.5, 0.5, 1.1), (1.0, 0.6, 0.7), (1.2, 0.5, 0.5), (1.5, 0.25, 0.3), (2.0, 0.7, 0.25)]


def sample(t):
    sound = sum(loud * 0.5 ** (t / half) * math.sin(2 * math.pi * 220 * ratio * t) for ratio, loud, half in PARTIALS)
    return max(0, min(255, round(128 + 45 * sound)))


with wave.open("bell.wav", "wb") as file:
    file.setnchannels(1)
    file.setsampwidth(1)
    file.setframerate(RATE)
    file.writeframes(bytes(sample(number / RATE) for number in range(RATE * SECONDS)))
