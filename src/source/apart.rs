//! Runs code that is not ours and may panic, or take without end.

use std::sync::mpsc;
use std::thread::Builder;
use std::time::Duration;

/// Name of the threads that run it: a panic there is no failure of belie, and is told as a problem of the file.
pub const NAME: &str = "belie-reader";

/// Stack of such a thread: parsers call themselves as deep as a file nests.
const STACK: usize = 64 << 20;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failed {
    /// It panicked.
    Panicked,
    /// It took too long, and was left to itself.
    TooLong,
}

/// What a piece of work gives, if it comes to an end in time.
pub(super) fn run<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failed> {
    let (send, receive) = mpsc::channel();
    let spawned = Builder::new().name(NAME.to_owned()).stack_size(STACK).spawn(move || {
        // Nobody listens any more if it took too long.
        let _ = send.send(work());
    });
    if spawned.is_err() {
        return Err(Failed::Panicked);
    }
    receive.recv_timeout(limit).map_err(|why| match why {
        mpsc::RecvTimeoutError::Timeout => Failed::TooLong,
        mpsc::RecvTimeoutError::Disconnected => Failed::Panicked,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_to_no_end() {
        assert_eq!(run(Duration::from_secs(5), || 1), Ok(1));
        assert_eq!(run(Duration::from_millis(20), || std::thread::sleep(Duration::from_secs(2))), Err(Failed::TooLong));
        let index = std::hint::black_box(3);
        assert_eq!(run(Duration::from_secs(5), move || [1, 2][index]), Err(Failed::Panicked));
    }
}
