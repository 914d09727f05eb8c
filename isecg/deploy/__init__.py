"""What production needs beside the code: the web server's settings and nginx's."""
