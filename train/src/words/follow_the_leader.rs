//! FTRL-proximal ("follow the regularized leader"), as described by McMahan et al.

/// The learning rate.
const RATE: f32 = 0.1;
/// Makes the first steps small.
const CALM: f32 = 1.0;
/// L2 regularization: a small pull towards zero.
const PULL: f32 = 1e-6;

/// Weights in rows, with the state of the algorithm.
pub(super) struct Weights {
    weights: Vec<f32>,
    sums: Vec<f32>,
    squares: Vec<f32>,
    /// L1 regularization: a weight stays zero until the sum of its gradients is greater than this.
    sparsity: f32,
}

impl Weights {
    pub(super) fn new(len: usize, sparsity: f32) -> Weights {
        Weights { weights: vec![0.0; len], sums: vec![0.0; len], squares: vec![0.0; len], sparsity }
    }

    pub(super) fn as_slice(&self) -> &[f32] {
        &self.weights
    }

    /// Returns the `N` weights of a row.
    #[inline]
    pub(super) fn row<const N: usize>(&self, row: usize) -> [f32; N] {
        std::array::from_fn(|at| self.weights[row * N + at])
    }

    /// Moves a row by its gradients.
    #[inline]
    pub(super) fn learn<const N: usize>(&mut self, row: usize, gradients: &[f32; N]) {
        let range = row * N..(row + 1) * N;
        let (Some(weights), Some(sums), Some(squares)) = (
            self.weights[range.clone()].first_chunk_mut::<N>(),
            self.sums[range.clone()].first_chunk_mut::<N>(),
            self.squares[range].first_chunk_mut::<N>(),
        ) else {
            return;
        };
        for at in 0..N {
            let gradient = gradients[at];
            let after = squares[at] + gradient * gradient;
            let root = after.sqrt();
            sums[at] += gradient - (root - squares[at].sqrt()) / RATE * weights[at];
            squares[at] = after;
            let beyond = (sums[at].abs() - self.sparsity).max(0.0);
            weights[at] = -beyond.copysign(sums[at]) / ((CALM + root) / RATE + PULL);
        }
    }
}
