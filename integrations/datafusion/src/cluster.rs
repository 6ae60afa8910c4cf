//! A Ballista cluster that knows the functions.
//!
//! A cluster is one [`run_scheduler`] and any number of [`run_executor`]s, each in a process of its
//! own. [`connect`] returns a context whose queries run there. Functions are sent by name, so every
//! process needs the same [`Options`]. Files are sent by path, so executors must see them at the
//! same paths as the client.
//!
//! Ballista's ports have no authentication. Keep them inside of a network that you trust.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use ballista::prelude::{SessionConfigExt, SessionContextExt};
use ballista_core::config::{BALLISTA_SCHEDULER_MAX_PARTITIONS_PER_TASK, TaskSchedulingPolicy};
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_core::utils::default_session_builder;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::{SchedulerConfig, TaskDistributionPolicy};
use ballista_scheduler::scheduler_process::start_server;
use datafusion::common::exec_datafusion_err;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::{FunctionRegistry, SessionState};
use datafusion::logical_expr::ScalarUDF;
use datafusion::prelude::{SessionConfig, SessionContext};

use crate::{Options, functions, memory_pool, register};

/// Executors ask for work. If the scheduler of Ballista 55 assigns work itself, it can forget the
/// work that it took back from a lost executor, and the query never ends.
const SCHEDULING: TaskSchedulingPolicy = TaskSchedulingPolicy::PullStaged;

/// Returns a context whose queries run on the cluster of the scheduler at `url`, for example
/// `df://10.0.0.1:50050`.
///
/// A query is divided into [`target_partitions`](SessionConfig::with_target_partitions) parts. Each
/// part is a task. Use several for each processor: a lost machine then loses little work.
///
/// # Errors
///
/// If `url` is invalid. An unreachable scheduler is an error of the first query.
pub async fn connect(url: &str, config: SessionConfig, options: Options) -> Result<SessionContext> {
    let config = config
        .upgrade_for_ballista()
        .set_usize(BALLISTA_SCHEDULER_MAX_PARTITIONS_PER_TASK, 1)
        // With the adaptive planner of Ballista 55, a query never ends if an executor is lost while
        // others read from it.
        .with_ballista_adaptive_query_planner(false);
    let state = SessionContext::new_with_config(config).state();
    let context = SessionContext::remote_with_state(url, state).await?;
    register(&context, options);
    Ok(context)
}

/// Options of a scheduler.
#[derive(Clone, Debug)]
pub struct Scheduler {
    /// The address to listen on.
    pub address: SocketAddr,
    /// The name or address under which executors and clients find it.
    pub external_host: String,
    /// The seconds of silence after which an executor counts as lost. Its work is then given to
    /// others.
    pub executor_timeout: u64,
}

/// Runs a scheduler until it fails.
///
/// # Errors
///
/// If its port is taken.
pub async fn run_scheduler(scheduler: Scheduler, options: Options) -> Result<()> {
    let functions = functions(options);
    let config = SchedulerConfig {
        bind_host: scheduler.address.ip().to_string(),
        bind_port: scheduler.address.port(),
        external_host: scheduler.external_host,
        executor_timeout_seconds: scheduler.executor_timeout,
        no_executors_grace_period_seconds: scheduler.executor_timeout,
        expire_dead_executor_interval_seconds: (scheduler.executor_timeout / 4).max(1),
        scheduling_policy: SCHEDULING,
        task_distribution: TaskDistributionPolicy::RoundRobin,
        override_session_builder: Some(Arc::new(move |config| session(config, &functions))),
        ..SchedulerConfig::default()
    };
    let cluster = BallistaCluster::new_from_config(&config).await.map_err(ballista)?;
    start_server(cluster, scheduler.address, Arc::new(config)).await.map_err(ballista)
}

/// Options of an executor.
#[derive(Clone, Debug)]
pub struct Executor {
    /// The address at which it sends data. Tasks arrive at the next port.
    pub address: SocketAddr,
    /// The name or address under which other processes find it. `None`: as the scheduler sees it.
    pub external_host: Option<String>,
    /// The scheduler's host.
    pub scheduler_host: String,
    /// The scheduler's port.
    pub scheduler_port: u16,
    /// The number of tasks at a time. 0: as many as the machine has processors.
    pub tasks: usize,
    /// The bytes that all its tasks together may use before they spill to disk. `None`: no limit.
    pub memory: Option<usize>,
    /// The folder for spilled data and for data that waits for other executors.
    pub work_folder: PathBuf,
    /// The seconds between two heartbeats. The scheduler must wait longer than that.
    pub heartbeat: u64,
}

/// Runs an executor until it is told to stop.
///
/// # Errors
///
/// If it cannot find the scheduler, or its ports are taken.
pub async fn run_executor(executor: Executor, options: Options) -> Result<()> {
    let registry = BallistaFunctionRegistry::from(&session(SessionConfig::new_with_ballista(), &functions(options))?);
    let port = executor.address.port();
    let grpc_port = port
        .checked_add(1)
        .ok_or_else(|| exec_datafusion_err!("expected a port with another one after it, found {port}"))?;
    // One pool for all queries and tasks, since they share the machine.
    let pool = executor.memory.map(memory_pool);
    let spill_folder = executor.work_folder.clone();
    let runtime = move |_: &SessionConfig| {
        let runtime =
            RuntimeEnvBuilder::new().with_temp_file_path(&spill_folder).with_max_temp_directory_size(u64::MAX);
        match &pool {
            Some(pool) => runtime.with_memory_pool(pool.clone()).build_arc(),
            None => runtime.build_arc(),
        }
    };
    let work_folder =
        executor.work_folder.into_os_string().into_string().map_err(|folder| {
            exec_datafusion_err!("expected a folder with a UTF-8 name, found {}", folder.display())
        })?;
    let config = ExecutorProcessConfig {
        bind_host: executor.address.ip().to_string(),
        external_host: executor.external_host,
        port,
        grpc_port,
        scheduler_host: executor.scheduler_host,
        scheduler_port: executor.scheduler_port,
        scheduler_connect_timeout_seconds: 60,
        vcores: executor.tasks,
        task_scheduling_policy: SCHEDULING,
        // 0 leaves the runtime as it is.
        memory_pool_size: Some(0),
        work_dir: Some(work_folder),
        job_data_clean_up_interval_seconds: 600,
        job_data_ttl_seconds: 24 * 3600,
        executor_heartbeat_interval_seconds: executor.heartbeat,
        override_runtime_producer: Some(Arc::new(runtime)),
        override_function_registry: Some(Arc::new(registry)),
        ..ExecutorProcessConfig::default()
    };
    start_executor_process(Arc::new(config)).await.map_err(ballista)
}

/// Returns a session with Ballista's functions and ours.
fn session(config: SessionConfig, functions: &[ScalarUDF]) -> Result<SessionState> {
    let mut state = default_session_builder(config)?;
    for function in functions {
        state.register_udf(Arc::new(function.clone()))?;
    }
    Ok(state)
}

fn ballista(error: impl std::error::Error + Send + Sync + 'static) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}
