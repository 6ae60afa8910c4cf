//! The memory limit of a query.

use std::fmt;
use std::sync::Arc;

use datafusion::error::Result;
use datafusion::execution::memory_pool::{FairSpillPool, MemoryConsumer, MemoryLimit, MemoryPool, MemoryReservation};

/// Returns a memory pool of `bytes` bytes, for [`with_memory_pool`].
///
/// The pool is DataFusion's [`FairSpillPool`], except that batches on their way from one partition
/// to another are not counted. They are few, unless one partition is much slower than the others.
/// DataFusion 55.2 would write them to disk when the pool is used up, and can then wait for itself
/// forever ([apache/datafusion#24883]): its reader may wait for a file that nobody adds to, while
/// the batch it needs is in the next file. Use `FairSpillPool` once that is fixed.
///
/// [apache/datafusion#24883]: https://github.com/apache/datafusion/issues/24883
///
/// ```
/// use datafusion::execution::runtime_env::RuntimeEnvBuilder;
/// use datafusion::prelude::{SessionConfig, SessionContext};
///
/// # fn main() -> datafusion::error::Result<()> {
/// let pool = fenci_datafusion::memory_pool(512 << 20);
/// let runtime = RuntimeEnvBuilder::new().with_memory_pool(pool).build_arc()?;
/// let context = SessionContext::new_with_config_rt(SessionConfig::new(), runtime);
/// # Ok(())
/// # }
/// ```
///
/// [`with_memory_pool`]: datafusion::execution::runtime_env::RuntimeEnvBuilder::with_memory_pool
pub fn memory_pool(bytes: usize) -> Arc<dyn MemoryPool> {
    Arc::new(Pool(FairSpillPool::new(bytes)))
}

#[derive(Debug)]
struct Pool(FairSpillPool);

fn is_on_its_way(consumer: &MemoryConsumer) -> bool {
    consumer.name().starts_with("RepartitionExec")
}

impl MemoryPool for Pool {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn register(&self, consumer: &MemoryConsumer) {
        if !is_on_its_way(consumer) {
            self.0.register(consumer);
        }
    }

    fn unregister(&self, consumer: &MemoryConsumer) {
        if !is_on_its_way(consumer) {
            self.0.unregister(consumer);
        }
    }

    fn grow(&self, reservation: &MemoryReservation, additional: usize) {
        if !is_on_its_way(reservation.consumer()) {
            self.0.grow(reservation, additional);
        }
    }

    fn shrink(&self, reservation: &MemoryReservation, shrink: usize) {
        if !is_on_its_way(reservation.consumer()) {
            self.0.shrink(reservation, shrink);
        }
    }

    fn try_grow(&self, reservation: &MemoryReservation, additional: usize) -> Result<()> {
        match is_on_its_way(reservation.consumer()) {
            true => Ok(()),
            false => self.0.try_grow(reservation, additional),
        }
    }

    fn reserved(&self) -> usize {
        self.0.reserved()
    }

    fn memory_limit(&self) -> MemoryLimit {
        self.0.memory_limit()
    }
}

impl fmt::Display for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
