//! Looking through bytes, many at a time.

/// How many bytes are tested at once. The compiler vectorises a loop that cannot end early.
const BLOCK: usize = 32;

/// Whether a byte is one of some others. A `match` would become a table, which looks up one byte at a time;
/// these comparisons are vectorised.
#[inline]
pub fn is_one_of<const N: usize>(byte: u8, others: [u8; N]) -> bool {
    others.iter().fold(false, |any, other| any | byte.eq(other))
}

/// Whether a byte is a control character that no page or feed has: all but tabs and line ends. HTML would take a form
/// feed, too, and XML would take U+007F.
#[inline]
pub fn is_control(byte: u8) -> bool {
    // There is no branch, so that the compiler can vectorise it.
    let is_low = (byte < b' ') & !is_one_of(byte, *b"\t\n\r");
    is_low | byte.eq(&0x7f)
}

/// Where the first of the wanted bytes is.
pub fn find(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let has = |block: &[u8; BLOCK]| block.iter().fold(false, |any, &byte| any | wanted(byte));
    let blocks = bytes.as_chunks().0;
    let start = match blocks.iter().position(has) {
        Some(at) => at * BLOCK,
        // Most often there is none. The rest that fills no block is tested as part of the last whole block.
        None if bytes.last_chunk().is_some_and(|last| !has(last)) => return None,
        None => blocks.len() * BLOCK,
    };
    bytes[start..].iter().position(|&byte| wanted(byte)).map(|place| start + place)
}

/// Calls back with the place of each wanted byte, in ascending order. Where there may be many, this is faster
/// than repeated searches, because each byte is tested only once.
#[inline]
pub fn each<E>(
    bytes: &[u8],
    wanted: impl Fn(u8) -> bool,
    mut hand_out: impl FnMut(usize) -> Result<(), E>,
) -> Result<(), E> {
    let mut hand_out_all = |mut bits: u64, start: usize| {
        while bits != 0 {
            hand_out(start + bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
        }
        Ok(())
    };
    let (blocks, rest) = bytes.as_chunks();
    for (number, block) in blocks.iter().enumerate() {
        hand_out_all(bits(block, &wanted), number * BITS)?;
    }
    let mut last = [0; BITS];
    last[..rest.len()].copy_from_slice(rest);
    let within = (1 << rest.len()) - 1;
    hand_out_all(bits(&last, &wanted) & within, blocks.len() * BITS)
}

/// Whether any of the bytes is wanted.
pub fn any(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> bool {
    find(bytes, wanted).is_some()
}

/// Whether a text has `part`, whose first byte is rare.
pub fn contains(text: &str, part: &str) -> bool {
    let Some(&first) = part.as_bytes().first() else { return true };
    let mut rest = text.as_bytes();
    while let Some(at) = find(rest, |byte| byte == first) {
        if rest[at..].starts_with(part.as_bytes()) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// How many bytes have their bits in one word.
pub const BITS: usize = 64;

/// One bit for each byte, the lowest for the first: whether the byte is wanted.
#[inline]
pub fn bits(block: &[u8; BITS], is: impl Fn(u8) -> bool) -> u64 {
    let ones = block.map(|byte| u8::from(is(byte)));
    let (eights, _) = ones.as_chunks::<8>();
    // The product has the lowest bits of all eight bytes side by side in its highest byte.
    let packed = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |bits, eight| bits << 8 | packed(eight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_match_is_found_at_any_position() {
        for length in 0..100 {
            let mut bytes = vec![b'a'; length];
            assert_eq!(find(&bytes, |byte| byte == b'x'), None);
            for place in (0..length).rev() {
                bytes[place] = b'x';
                assert_eq!(find(&bytes, |byte| byte == b'x'), Some(place), "{length}");
            }
        }
    }

    #[test]
    fn all_matches_are_returned() {
        for length in 0..200 {
            let bytes: Vec<u8> = (0..length).map(|place| if place % 7 == 3 { b'x' } else { b'a' }).collect();
            let mut places = Vec::new();
            let Ok(()) = each(
                &bytes,
                |byte| byte == b'x',
                |place| {
                    places.push(place);
                    Ok::<(), std::convert::Infallible>(())
                },
            );
            assert_eq!(places, (0..length).filter(|place| place % 7 == 3).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_substring_is_found_at_any_position() {
        for length in 0..100 {
            let text = ":".repeat(length % 3) + &"a:".repeat(length);
            assert!(!contains(&text, "://"), "{length}");
            assert!(contains(&(text.clone() + "://"), "://"), "{length}");
            assert!(contains(&(text + "://a"), "://"), "{length}");
        }
        assert!(contains("", ""));
    }

    #[test]
    fn each_byte_has_its_bit() {
        for place in 0..BITS {
            let mut block = [b'a'; BITS];
            block[place] = b'x';
            assert_eq!(bits(&block, |byte| byte == b'x'), 1 << place);
            assert_eq!(bits(&block, |byte| byte == b'a'), !(1 << place));
        }
    }
}
