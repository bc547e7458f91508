//! JSON lines in, JSON lines out, in the same order.

use std::io::{self, BufRead, BufReader, Read};

use crate::text::safe;

use super::{Console, Exit, parallel};

/// Lines that are answered together at most.
const BATCH: usize = 1024;
/// A longer line is refused: memory is bounded whatever comes.
const MOST_BYTES: u64 = 1 << 28;

/// Answers every line that is not blank. A line that `answer` refuses is named on standard error, and the run fails at
/// its end; the others are answered. What has arrived is answered at once: nobody waits for a batch to fill.
///
/// # Errors
/// When standard input cannot be read or standard output not be written.
pub(super) fn each(
    input: impl Read,
    console: &mut Console<'_>,
    jobs: usize,
    answer: impl Fn(&[u8]) -> Result<String, String> + Sync,
) -> io::Result<Exit> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut exit = Exit::Clean;
    let mut number = 0_u64;
    while !console.is_closed() {
        let mut batch: Vec<(u64, Vec<u8>)> = Vec::new();
        let mut ended = false;
        while batch.is_empty() || batch.len() < BATCH && input.buffer().contains(&b'\n') {
            let mut line = Vec::new();
            if input.by_ref().take(MOST_BYTES).read_until(b'\n', &mut line)? == 0 {
                ended = true;
                break;
            }
            number += 1;
            if line.len() as u64 == MOST_BYTES {
                return Err(io::Error::other(format!("line {number} is longer than {MOST_BYTES} bytes")));
            }
            if !line.trim_ascii().is_empty() {
                batch.push((number, line));
            }
        }
        for (result, (number, _)) in parallel::map(&batch, jobs, |_, (_, line)| answer(line)).into_iter().zip(&batch) {
            match result {
                Ok(mut text) => {
                    text.push('\n');
                    console.print(&text)?;
                }
                Err(why) => {
                    console.say(&format!("error: line {number}: {}", safe(&why)));
                    exit = Exit::Failed;
                }
            }
        }
        console.flush()?;
        if ended {
            break;
        }
    }
    Ok(exit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_blank_lines_and_refusals() {
        let text: String = (0..3000).map(|i| format!("{i}\n\n")).collect();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = each(text.as_bytes(), &mut Console::new(&mut out, &mut err), 3, |line| {
            let line = String::from_utf8_lossy(line.trim_ascii()).into_owned();
            if line == "7" { Err("seven".to_owned()) } else { Ok(line) }
        });
        assert_eq!(exit.unwrap(), Exit::Failed);
        let expected: String = (0..3000).filter(|i| *i != 7).map(|i| format!("{i}\n")).collect();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
        assert_eq!(String::from_utf8(err).unwrap(), "error: line 15: seven\n");
    }
}
