#![no_main]

libfuzzer_sys::fuzz_target!(|input: (u8, u8, &str)| masthead_fuzz::slugs(input));
