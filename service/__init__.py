"""The doors of the model: HTTP (`app.py`) and files (`folder.py`). Never imports training."""
