//! Columns of lists, one item at a time.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, ListArray, NullBufferBuilder};
use datafusion::arrow::buffer::{OffsetBuffer, ScalarBuffer};
use datafusion::arrow::datatypes::{DataType, Field, Fields};
use datafusion::common::exec_datafusion_err;
use datafusion::error::Result;

/// The ends of the lists of a column, and a flag for each null list.
pub(super) struct Lists {
    offsets: Vec<i32>,
    nulls: NullBufferBuilder,
}

impl Lists {
    /// Returns an empty column with room for `rows` lists.
    pub(super) fn new(rows: usize) -> Lists {
        let mut offsets = Vec::with_capacity(rows + 1);
        offsets.push(0);
        Lists { offsets, nulls: NullBufferBuilder::new(rows) }
    }

    /// Ends a list. The column has `items` items so far.
    pub(super) fn end(&mut self, items: usize, is_null: bool) -> Result<()> {
        let offset = i32::try_from(items).map_err(|_| {
            exec_datafusion_err!("a batch has more than {} words; lower datafusion.execution.batch_size", i32::MAX)
        })?;
        self.offsets.push(offset);
        self.nulls.append(!is_null);
        Ok(())
    }

    /// Returns the column.
    pub(super) fn finish(mut self, items: ArrayRef) -> Result<ArrayRef> {
        let field = Arc::new(Field::new_list_field(items.data_type().clone(), true));
        let offsets = OffsetBuffer::new(ScalarBuffer::from(self.offsets));
        Ok(Arc::new(ListArray::try_new(field, offsets, items, self.nulls.finish())?))
    }
}

/// The type of a list of `items`.
pub(super) fn list_of(items: DataType) -> DataType {
    DataType::List(Arc::new(Field::new_list_field(items, true)))
}

/// The fields of a struct.
pub(super) fn fields(fields: &[(&str, DataType)]) -> Fields {
    fields.iter().map(|(name, data_type)| Field::new(*name, data_type.clone(), true)).collect()
}
