//! Damage is noticed, so that no build shows what a disk has garbled: stored bytes carry a check, and what
//! does not fit its check counts as missing.

use crate::base::fingerprint::checksum;

/// How many bytes a check takes.
pub(super) const CHECK: usize = size_of::<u64>();

/// The check of some bytes.
pub(super) fn check(bytes: &[u8]) -> [u8; CHECK] {
    checksum(bytes).to_le_bytes()
}

/// Bytes with their check behind them.
pub(super) fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let check = check(&bytes);
    bytes.extend_from_slice(&check);
    bytes
}

/// The bytes before their check; `None` if they do not fit it.
pub(super) fn unsealed(bytes: &[u8]) -> Option<&[u8]> {
    let (bytes, stored) = bytes.split_last_chunk::<CHECK>()?;
    (check(bytes) == *stored).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_damage_is_noticed() {
        let stored = sealed(b"abc".to_vec());
        assert_eq!(unsealed(&stored), Some(&b"abc"[..]));
        for place in 0..stored.len() {
            let mut damaged = stored.clone();
            damaged[place] ^= 1;
            assert_eq!(unsealed(&damaged), None);
            assert_eq!(unsealed(&stored[..place]), None);
        }
    }
}
