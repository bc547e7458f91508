#![no_main]
libfuzzer_sys::fuzz_target!(|text: &str| belie_fuzz::segment(text));
