/** What an answer says while it comes in: its text, and the calls of tools that it makes. */
package io.inferometer.record.answer;
