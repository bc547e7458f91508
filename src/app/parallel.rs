//! The same work on many things, on several threads; results keep the order of the things.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes of stack of every thread that works: what it is on a common system, and never what a shell leaves of it. What
/// stands in documents and rules nests to bounded depths alone.
pub const STACK: usize = 8 << 20;

/// Applies `f` to every item and its index on at most `jobs` threads.
pub(super) fn map<T: Sync, R: Send>(items: &[T], jobs: usize, f: impl Fn(usize, &T) -> R + Sync) -> Vec<R> {
    if jobs <= 1 || items.len() <= 1 {
        return items.iter().enumerate().map(|(at, item)| f(at, item)).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, f(at, item)));
        }
    };
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let begin = |_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        // Where the system gives no more threads, this one does the rest.
        let threads: Vec<_> = (1..jobs.min(items.len())).map_while(|nth| begin(nth).ok()).collect();
        let own = work();
        // A panic of a thread is a fault of ours and goes on as one.
        let others = threads.into_iter().flat_map(|t| t.join().unwrap_or_else(|p| std::panic::resume_unwind(p)));
        own.into_iter().chain(others).collect()
    });
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, r)| r).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept() {
        let items: Vec<u64> = (0..1000).collect();
        for jobs in [0, 1, 2, 7] {
            assert_eq!(map(&items, jobs, |_, i| i * i), items.iter().map(|i| i * i).collect::<Vec<_>>());
        }
    }
}
