//! Bytes as front matter: YAML if the first byte is even, else TOML.

#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::config::RawHtml;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, front)) = bytes.split_first() else { return };
    let fence: &[u8] = if first % 2 == 0 { b"---\n" } else { b"+++\n" };
    let text = [fence, front, b"\n", fence, b"Some text.\n"].concat();
    masthead_fuzz::article(&text, RawHtml::Allow);
});
