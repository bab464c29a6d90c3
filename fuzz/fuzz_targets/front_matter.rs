#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| masthead_fuzz::front_matter(input));
