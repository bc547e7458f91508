#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| belie_fuzz::read("xlsx", bytes));
