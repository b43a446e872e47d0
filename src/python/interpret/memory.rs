//! How much memory is in use: the one thing that a count of steps does not tell.

use mimalloc::MiMalloc;

use cap::Cap;

#[global_allocator]
static ALLOCATOR: Cap<MiMalloc> = Cap::new(MiMalloc, usize::MAX);

/// Bytes that the process has allocated and not given back.
pub(super) fn in_use() -> usize {
    ALLOCATOR.allocated()
}
