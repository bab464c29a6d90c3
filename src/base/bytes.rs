//! Looking through bytes, many at a time.

/// How many bytes are tested at once. The compiler makes wide instructions of a loop that has no way out.
const BLOCK: usize = 32;

/// Where the first of the wanted bytes is.
pub fn find(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let at = blocks.iter().position(|block| block.iter().fold(false, |any, &byte| any | wanted(byte)));
    let (start, last) = match at {
        Some(at) => (at * BLOCK, &blocks[at][..]),
        None => (blocks.len() * BLOCK, rest),
    };
    last.iter().position(|&byte| wanted(byte)).map(|place| start + place)
}

/// Whether any of the bytes is wanted.
pub fn any(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> bool {
    find(bytes, wanted).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_found_wherever_it_is() {
        for length in 0..100 {
            let mut bytes = vec![b'a'; length];
            assert_eq!(find(&bytes, |byte| byte == b'x'), None);
            for place in (0..length).rev() {
                bytes[place] = b'x';
                assert_eq!(find(&bytes, |byte| byte == b'x'), Some(place), "{length}");
            }
        }
    }
}
