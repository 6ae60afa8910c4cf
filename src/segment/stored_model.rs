//! Bytes and files of models, the same for each kind.

/// Gives a model `open`, `save`, `from_bytes`, `to_bytes` and `Debug`. It has `from_image`, which
/// validates bytes that are not part of the program, and `image`, these bytes.
macro_rules! stored_model {
    ($Model:ident) => {
        impl $Model {
            /// Opens a file that `save` has written. All of it is read and validated.
            ///
            /// # Errors
            ///
            /// If the file cannot be read, is no such model, is damaged, or is of another version of the format. The error
            /// names the file.
            ///
            /// ```
            #[doc = concat!("# use fenci::segment::", stringify!($Model), ";")]
            #[doc = concat!("let file = std::env::temp_dir().join(\"fenci-doc-", stringify!($Model), "\");")]
            #[doc = concat!(stringify!($Model), "::embedded().save(&file)?;")]
            #[doc = concat!("assert!(", stringify!($Model), "::open(&file).is_ok());")]
            /// # std::fs::remove_file(file).unwrap();
            /// # Ok::<(), fenci::Error>(())
            /// ```
            pub fn open(path: impl AsRef<std::path::Path>) -> Result<$Model, crate::Error> {
                let path = path.as_ref();
                let bytes = crate::storage::bytes::Bytes::open(path)?;
                $Model::from_image(bytes).map_err(|error| error.in_file(path))
            }

            /// Writes what `to_bytes` gives to a file, which is there whole or not at all.
            ///
            /// # Errors
            ///
            /// If the file cannot be written.
            pub fn save(&self, path: impl AsRef<std::path::Path>) -> Result<(), crate::Error> {
                crate::storage::atomic_file::save(path.as_ref(), &|out| out.write_all(self.image()))
            }

            /// The model from what `to_bytes` gave. All of it is validated.
            ///
            /// # Errors
            ///
            /// If `bytes` are no such model, are damaged, or are of another version of the format. No bytes whatever make it
            /// panic.
            ///
            /// ```
            #[doc = concat!("# use fenci::segment::", stringify!($Model), ";")]
            #[doc = concat!("assert!(", stringify!($Model), "::from_bytes(b\"something else\".to_vec()).is_err());")]
            /// ```
            pub fn from_bytes(bytes: Vec<u8>) -> Result<$Model, crate::Error> {
                $Model::from_image(bytes.into())
            }

            /// The bytes of the model, for `from_bytes`. Nothing is copied.
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
