#![no_main]

libfuzzer_sys::fuzz_target!(|input: &str| masthead_fuzz::dates(input));
