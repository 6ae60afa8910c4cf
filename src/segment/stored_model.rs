//! The conversion of models from and to bytes and files, the same for each kind.

/// Implements `open`, `save`, `from_bytes` and `to_bytes` for a model. The model has `from_image`,
/// which validates bytes that are not part of the program, and `image`, which returns these bytes.
macro_rules! stored_model {
    ($Model:ident) => {
        impl $Model {
            /// Opens a file that `save` has written. Reads and validates all of it.
            ///
            /// # Errors
            ///
            /// If the file cannot be read, is no such model, is damaged, or has another version of
            /// the format. The error names the file.
            ///
            /// ```
            #[doc = concat!("# use fenci::segment::", stringify!($Model), ";")]
            #[doc = concat!("let file = std::env::temp_dir().join(\"fenci-doc-", stringify!($Model), "\");")]
            #[doc = concat!(stringify!($Model), "::embedded().save(&file)?;")]
            #[doc = concat!("assert!(", stringify!($Model), "::open(&file).is_ok());")]
            /// # std::fs::remove_file(file).unwrap();
            /// # Ok::<(), fenci::Error>(())
            /// ```
            pub fn open(path: impl AsRef<std::path::Path>) -> Result<$Model, crate::error::Error> {
                let path = path.as_ref();
                let bytes = crate::storage::bytes::Bytes::open(path)?;
                $Model::from_image(bytes).map_err(|error| error.in_file(path))
            }

            /// Writes the bytes that `to_bytes` returns to a file. The file is written whole or not
            /// at all.
            ///
            /// # Errors
            ///
            /// If the file cannot be written.
            pub fn save(&self, path: impl AsRef<std::path::Path>) -> Result<(), crate::error::Error> {
                crate::storage::atomic_file::save(path.as_ref(), &|out| out.write_all(self.image()))
            }

            /// Reads a model from the bytes that `to_bytes` returned. Validates all of them.
            ///
            /// # Errors
            ///
            /// If `bytes` are no such model, are damaged, or have another version of the format. No
            /// bytes cause a panic.
            ///
            /// ```
            #[doc = concat!("# use fenci::segment::", stringify!($Model), ";")]
            #[doc = concat!("assert!(", stringify!($Model), "::from_bytes(b\"something else\".to_vec()).is_err());")]
            /// ```
            pub fn from_bytes(bytes: Vec<u8>) -> Result<$Model, crate::error::Error> {
                $Model::from_image(bytes.into())
            }

            /// Returns the bytes of the model, for `from_bytes`. Copies nothing.
            ///
            /// ```
            #[doc = concat!("# use fenci::segment::", stringify!($Model), ";")]
            #[doc = concat!("let bytes = ", stringify!($Model), "::embedded().to_bytes().into_owned();")]
            #[doc = concat!("assert!(", stringify!($Model), "::from_bytes(bytes).is_ok());")]
            /// ```
            pub fn to_bytes(&self) -> std::borrow::Cow<'_, [u8]> {
                std::borrow::Cow::Borrowed(self.image())
            }
        }

        impl std::fmt::Debug for $Model {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($Model)).field("bytes", &self.image().len()).finish_non_exhaustive()
            }
        }
    };
}

pub(crate) use stored_model;
