"""The NLP pipelines: data only. Installed as ``kg.pipelines``."""
