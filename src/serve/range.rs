//! Range requests (RFC 9110, section 14). Only single ranges are served; several at once are answered with
//! the whole file, as the RFC allows.

/// The part of a file that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// The bytes from the first to the last, both included.
    Bytes(u64, u64),
    /// A part that the file does not have.
    Impossible,
}

/// Reads a `Range` header for a file of `size` bytes.
pub(super) fn part(header: Option<&str>, size: u64) -> Part {
    let unit = header.and_then(|header| header.trim().split_once('='));
    let Some((_, range)) = unit.filter(|(unit, _)| unit.eq_ignore_ascii_case("bytes")) else {
        return Part::Whole;
    };
    let Some((first, last)) = range.split_once('-').filter(|_| !range.contains(',')) else {
        return Part::Whole;
    };
    let (first, last) = (first.trim(), last.trim());
    let number =
        |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().unwrap_or(u64::MAX));
    match (number(first), number(last)) {
        (Some(_), Some(_)) if first.is_empty() && last.is_empty() => Part::Whole,
        (Some(_), Some(0)) if first.is_empty() => Part::Impossible,
        (Some(_), Some(count)) if first.is_empty() && size > 0 => {
            Part::Bytes(size - count.min(size), size - 1)
        }
        (Some(from), Some(_)) if last.is_empty() && from < size => Part::Bytes(from, size - 1),
        (Some(from), Some(to)) if !first.is_empty() && !last.is_empty() && from > to => Part::Whole,
        (Some(from), Some(to)) if !first.is_empty() && from < size => Part::Bytes(from, to.min(size - 1)),
        (Some(_), Some(_)) => Part::Impossible,
        _ => Part::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_rfc_says() {
        for (header, expected) in [
            ("bytes=0-0", Part::Bytes(0, 0)),
            ("bytes=2-4", Part::Bytes(2, 4)),
            ("Bytes=2-4", Part::Bytes(2, 4)),
            ("bytes=2-", Part::Bytes(2, 9)),
            ("bytes=2-99", Part::Bytes(2, 9)),
            ("bytes=-3", Part::Bytes(7, 9)),
            ("bytes=-99", Part::Bytes(0, 9)),
            ("bytes=10-", Part::Impossible),
            ("bytes=10-12", Part::Impossible),
            ("bytes=-0", Part::Impossible),
            ("bytes=99999999999999999999-", Part::Impossible),
            ("bytes=4-2", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("lines=0-1", Part::Whole),
        ] {
            assert_eq!(part(Some(header), 10), expected, "{header}");
        }
        assert_eq!(part(Some("bytes=0-"), 0), Part::Impossible);
        assert_eq!(part(Some("bytes=-1"), 0), Part::Impossible);
        assert_eq!(part(None, 10), Part::Whole);
    }
}
