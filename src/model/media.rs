//! What a file is, by its extension.

/// The `Content-Type` of a file. Everything that is text is UTF-8 here.
///
/// The types are those of the IANA registry, <https://www.iana.org/assignments/media-types/>.
pub fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "xhtml" => "application/xhtml+xml; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "jsonld" => "application/ld+json; charset=utf-8",
        "geojson" => "application/geo+json; charset=utf-8",
        "yaml" | "yml" => "application/yaml; charset=utf-8",
        "toml" => "application/toml; charset=utf-8",
        "xml" | "xsl" | "opml" | "gpx" => "application/xml; charset=utf-8",
        "rss" => "application/rss+xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "kml" => "application/vnd.google-earth.kml+xml; charset=utf-8",
        // Those of reference managers and subtitles have no type of their own.
        "txt" | "text" | "log" | "bib" | "ris" | "srt" => PLAIN,
        "md" | "markdown" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "tsv" => "text/tab-separated-values; charset=utf-8",
        "vcf" => "text/vcard; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "svg" => SVG,
        "png" => "image/png",
        "apng" => "image/apng",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "heic" => "image/heic",
        "heif" => "image/heif",
        "tif" | "tiff" => "image/tiff",
        "jxl" => "image/jxl",
        "bmp" => "image/bmp",
        "ico" => ICON,
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "ttc" => "font/collection",
        "eot" => "application/vnd.ms-fontobject",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "aac" => "audio/aac",
        "weba" => "audio/webm",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        "mkv" => "video/matroska",
        "m3u8" => "application/vnd.apple.mpegurl",
        "ogv" => "video/ogg",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "rtf" => "application/rtf",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odp" => "application/vnd.oasis.opendocument.presentation",
        "doc" => "application/msword",
        "xls" => "application/vnd.ms-excel",
        "ppt" => "application/vnd.ms-powerpoint",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "zip" => "application/zip",
        "zst" => "application/zstd",
        "glb" => "model/gltf-binary",
        "gz" | "tgz" => "application/gzip",
        "wasm" => "application/wasm",
        "swf" => "application/vnd.adobe.flash.movie",
        // Hosts differ for files without an extension, such as `_redirects`; a person wants to see them as
        // text.
        "" => PLAIN,
        _ => UNKNOWN,
    }
}

/// The type of pages.
pub const HTML: &str = "text/html; charset=utf-8";
const SVG: &str = "image/svg+xml; charset=utf-8";
const ICON: &str = "image/vnd.microsoft.icon";
const PLAIN: &str = "text/plain; charset=utf-8";
const UNKNOWN: &str = "application/octet-stream";

/// Whether it is a picture that is made of pixels and says in its first bytes of how many.
pub fn has_pixels(path: &str) -> bool {
    let kind = content_type(path);
    kind.starts_with("image/") && !matches!(kind, SVG | ICON)
}

/// Whether the address of a picture is that of a drawing, whatever stands behind its path.
pub fn is_drawing(address: &str) -> bool {
    content_type(address.split(['?', '#']).next().unwrap_or_default()) == SVG
}

/// Whether it is certainly no picture, but a script, a film or another thing that a page can embed.
pub fn is_no_picture(path: &str) -> bool {
    let kind = content_type(path);
    !kind.starts_with("image/") && !matches!(kind, UNKNOWN | PLAIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_determine_media_types() {
        for (path, expected) in [
            ("a/index.html", HTML),
            ("A.PNG", "image/png"),
            ("a.b/_redirects", "text/plain; charset=utf-8"),
            ("x.unknown", "application/octet-stream"),
            ("photo.HEIC", "image/heic"),
            ("map.geojson", "application/geo+json; charset=utf-8"),
            ("data.yml", "application/yaml; charset=utf-8"),
            ("reading.opml", "application/xml; charset=utf-8"),
            ("works.bib", "text/plain; charset=utf-8"),
        ] {
            assert_eq!(content_type(path), expected, "{path}");
        }
    }

    #[test]
    fn drawings_are_known_by_their_path() {
        for (address, expected) in [
            ("https://a.example/b.svg", true),
            ("/b.SVG?v=1#c", true),
            ("/b.svg/c.png", false),
            ("https://a.example/image?name=b.svg", false),
            ("/b", false),
        ] {
            assert_eq!(is_drawing(address), expected, "{address}");
        }
    }

    #[test]
    fn what_is_shown_is_told_apart() {
        for (path, pixels, other) in [
            ("a.JPG", true, false),
            ("a.jxl", true, false),
            ("a.heic", true, false),
            ("a.svg", false, false),
            ("a.ico", false, false),
            ("a.mp3", false, true),
            ("a.ogv", false, true),
            ("a.vtt", false, true),
            ("a.js", false, true),
            ("a.swf", false, true),
            ("a.md", false, true),
            ("png", false, false),
        ] {
            assert_eq!((has_pixels(path), is_no_picture(path)), (pixels, other), "{path}");
        }
    }
}
