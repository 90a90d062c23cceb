/** Result files of other tools, read as runs. */
package io.inferometer.report.imported;
