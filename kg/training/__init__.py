"""Fine-tuning of the trained recogniser. torch and onnx (``kg-builder[train]``) are imported nowhere else."""
