//! Colours of style sheets, and whether one can be read on another. The owner of the crate `csscolorparser`.

use csscolorparser::Color;

/// Colours that depend on a page or a reader.
const SYSTEM: [&str; 20] = [
    "currentcolor",
    "accentcolor",
    "accentcolortext",
    "activetext",
    "buttonborder",
    "buttonface",
    "buttontext",
    "canvas",
    "canvastext",
    "field",
    "fieldtext",
    "graytext",
    "highlight",
    "highlighttext",
    "linktext",
    "mark",
    "marktext",
    "selecteditem",
    "selecteditemtext",
    "visitedtext",
];

/// Functions of CSS that the crate does not know.
const FUNCTIONS: [&str; 3] = ["color(", "color-mix(", "light-dark("];

/// Whether a text is a colour of CSS, and nothing else in a style sheet.
pub fn is_color(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " #(),.%/-+".contains(c);
    let folded = text.to_ascii_lowercase();
    let is_function = FUNCTIONS.iter().any(|function| folded.starts_with(function)) && folded.ends_with(')');
    let is_known = !is_bare(text) && !folded.starts_with("hsv") && csscolorparser::parse(text).is_ok();
    text.trim() == text
        && text.chars().all(is_plain)
        && (SYSTEM.contains(&folded.as_str()) || is_function || is_known)
}

/// Whether it is digits without their `#`, which the crate takes for a colour and style sheets do not.
fn is_bare(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The contrast of two colours by WCAG 2.2, from 1 to 21
/// (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>). `None` if one of them depends on its page, such as
/// `currentcolor`.
pub fn contrast(one: &str, other: &str) -> Option<f64> {
    Some(ratio(&parsed(one)?, &parsed(other)?))
}

/// The colour nearest to `color` that has a contrast of at least `wanted` to each of the others: darker or
/// lighter by as little as possible. `None` if there is no such colour.
pub fn readable(color: &str, against: &[String], wanted: f64) -> Option<String> {
    let color = parsed(color)?;
    let against: Vec<Color> = against.iter().filter_map(|each| parsed(each)).collect();
    let fits = |color: &Color| against.iter().all(|other| ratio(color, other) >= wanted);
    let mixed = |end: f32, part: f32| {
        let mix =
            |channel: f32| (((channel + (end - channel) * part) * 255.0).round() / 255.0).clamp(0.0, 1.0);
        Color::new(mix(color.r), mix(color.g), mix(color.b), 1.0)
    };
    let candidates =
        (0..=STEPS).flat_map(|step| [0.0, 1.0].map(|end| mixed(end, f32::from(step) / f32::from(STEPS))));
    candidates.into_iter().find(fits).map(|color| color.to_css_hex())
}

/// The number of steps from a colour to black or white that are tried.
const STEPS: u16 = 100;

/// A colour without its transparency: what shines through is not known.
fn parsed(text: &str) -> Option<Color> {
    let color = csscolorparser::parse(text).ok()?;
    Some(Color::new(color.r.clamp(0.0, 1.0), color.g.clamp(0.0, 1.0), color.b.clamp(0.0, 1.0), 1.0))
}

fn ratio(one: &Color, other: &Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
fn luminance(color: &Color) -> f64 {
    let linear = |channel: f32| {
        let channel = f64::from(channel);
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_those_of_css() {
        for fine in [
            "#369",
            "#336699cc",
            "navy",
            "rgb(51 102 153)",
            "rgb(51, 102, 153)",
            "oklch(0.6 0.2 29)",
            "hsl(120deg 50% 50% / 0.5)",
            "transparent",
            "currentColor",
            "CanvasText",
            "color(display-p3 .5 0 0)",
            "color-mix(in srgb, red, blue)",
            "light-dark(#000, #fff)",
        ] {
            assert!(is_color(fine), "{fine}");
        }
        for bad in [
            "blau",
            "rgb(1 2)",
            "336699",
            "abc",
            "#12",
            "",
            "red; x",
            "url(x)",
            "hsv(90deg, 50%, 50%)",
            "color(red",
            "var(--x)",
            " red",
        ] {
            assert!(!is_color(bad), "{bad}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let check = |one: &str, other: &str, expected: f64| {
            let found = contrast(one, other).unwrap();
            assert!((found - expected).abs() < 0.01, "{one} {other}: {found}");
        };
        check("#000", "white", 21.0);
        check("#767676", "#ffffff", 4.54);
        check("rgb(119 119 119)", "hsl(0 0% 100%)", 4.48);
        check("oklch(0.628 0.2577 29.23)", "#fff", 4.0);
        assert_eq!(contrast("currentcolor", "#fff"), None);
    }

    #[test]
    fn a_pale_colour_becomes_readable_and_keeps_its_hue() {
        let paper = ["#fdfcf9".to_owned()];
        let found = readable("#e0a030", &paper, 4.5).unwrap();
        assert!(contrast(&found, &paper[0]).unwrap() >= 4.5, "{found}");
        assert!(contrast(&found, &paper[0]).unwrap() < 4.8, "{found}");
        assert_eq!(readable("#8a1c1c", &paper, 4.5).as_deref(), Some("#8a1c1c"));
        assert_eq!(readable("#888", &["#000".to_owned(), "#fff".to_owned()], 8.0), None);
    }
}
